import type { Page } from 'playwright-core'
import { beforeAll, expect, it } from 'vitest'
import { openAdminAs, untilAdminRests } from '../../support/admin-page'
import { overflowOf, seriousFaults } from '../../support/browser-checks'
import { type AdminWorld, openAdmin } from './admin-world'

let world: AdminWorld

beforeAll(async () => {
  world = await openAdmin()
  // One that can still be cancelled.
  const { scheduledSession: session } = world.payments.notDue
  await world.payload.db.updateOne({
    collection: 'scheduled-sessions',
    id: typeof session === 'string' ? session : session.id,
    data: { status: 'scheduled' },
  })
})

const german = { locale: 'de-DE', timezoneId: 'Europe/Berlin' }

/** Words that German has not. What the world of the tests is called is English. */
const english = /\b(the|your|you|with|and|booking|session|times?|cancel|change|price|we|is|are|not|of|by)\b/i

const englishIn = async (page: Page, within: string): Promise<string[]> =>
  (await page.locator(within).allInnerTexts()).flatMap((text) => text.split('\n').filter((line) => english.test(line)))

it('whoever prefers German works in German: the list, a session, what cancelling it would do', async () => {
  const { page, faults } = await openAdminAs(world, world.operations, '/collections/scheduled-sessions', german)
  expect(await page.locator('html').getAttribute('lang')).toBe('de')
  await page.getByRole('heading', { name: 'Termine' }).waitFor()
  for (const column of ['Referenz', 'Status', 'Fachperson', 'Leistung', 'Beginn']) {
    await page.getByRole('columnheader', { name: column }).first().waitFor()
  }
  const session = page.getByRole('row').filter({ hasText: 'Vereinbart' }).first()
  await session.waitFor()
  expect(await session.innerText()).toMatch(/\d{1,2}\. \p{L}+\.? \d{4}, \d\d:\d\d/u)
  expect(await englishIn(page, 'nav, thead')).toEqual([])
  expect(await overflowOf(page)).toBe(0)

  await session.getByRole('link').first().click()
  const panel = page.getByRole('region', { name: 'Dieser Termin' })
  await panel.getByRole('button', { name: 'Termin stornieren' }).click()
  await page.getByText('Diesen Termin stornieren?').waitFor()
  await page.getByText(/^Zurück gehen .*24\.000/).waitFor()
  await page.getByLabel('Grund (freiwillig)').waitFor()
  expect(await seriousFaults(page, { within: '.confirmation-modal' })).toEqual([])
  await page.getByRole('button', { name: 'So lassen' }).click()
  expect(await englishIn(page, '.field-label, .field-description')).toEqual([])
  expect(faults).toEqual([])
})

it('amounts are written as in German, and views of our own say nothing in English', async () => {
  const { page, faults } = await openAdminAs(world, world.operations, '/money', german)
  const period = page.getByRole('region', { name: 'GBP: In diesem Zeitraum' })
  await period.waitFor()
  expect(await period.innerText()).toMatch(/Eingenommen\s*160,01\s£/)
  expect(await page.title()).toMatch(/^Geld /)
  expect(await englishIn(page, '.parley-page')).toEqual([])
  expect(await seriousFaults(page)).toEqual([])
  expect(await overflowOf(page)).toBe(0)
  expect(faults).toEqual([])
})

it('what is wrong with a field is said in German', async () => {
  const { page } = await openAdminAs(world, world.operations, `/collections/customers/${world.customer.id}`, german)
  await untilAdminRests(page)
  await page.locator('#field-phone').fill('keine Nummer')
  await untilAdminRests(page)
  await page.locator('#action-save').click()
  await page
    .getByText(/Muss eine Telefonnummer sein/)
    .first()
    .waitFor()
})

it('a user chooses the language of the admin on the page of their account, whatever the browser prefers', async () => {
  const { page } = await openAdminAs(world, world.operations, '/account', german)
  await page.locator('.payload-settings__language input').click()
  await page.locator('.rs__option', { hasText: 'English' }).click()
  await page.getByRole('link', { name: 'Money overview' }).waitFor()
  await page.goto(`${world.url}/admin/storage`)
  await page.getByRole('heading', { name: 'Storage' }).waitFor()
})
