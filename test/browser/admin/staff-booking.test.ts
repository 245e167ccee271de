import { beforeAll, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { openAdminAs, untilAdminRests } from '../../support/admin-page'
import { createServiceType, hourIn } from '../../support/fixtures'
import { createPicture } from '../../support/media-world'
import { tokenFor } from '../../support/token-for'
import { type AdminWorld, openAdmin } from './admin-world'

let world: AdminWorld

beforeAll(async () => {
  world = await openAdmin()
})

/** Chooses an option of one of Payload's selects, as a person does: opens it, types, takes what it offers. */
const choose = async (page: Page, field: string, text: string) => {
  const input = page.locator(`#field-${field} input`).first()
  await input.click()
  await input.fill(text)
  await page.locator('.rs__option', { hasText: text }).first().click()
}

/** With the day first, as everybody but a browser left alone reads it: on most days of the first third of a month it has another meaning there. */
const dateOf = (epochMs: number): string => {
  const date = new Date(epochMs)
  return `${date.getUTCDate()}/${date.getUTCMonth() + 1}/${date.getUTCFullYear()}`
}

const save = (page: Page) => page.locator('#action-save').click()

it('a new session says what has to be said of its price, and is made with what it needs', async () => {
  const { consultant, customer, operations, payload, serviceType } = world
  const start = hourIn(9, 14)
  const { page } = await openAdminAs(world, operations, '/collections/scheduled-sessions/create', { timezoneId: 'UTC' })
  await choose(page, 'consultant', consultant.name)
  await choose(page, 'customer', customer.name)
  await choose(page, 'serviceType', serviceType.name)
  await page.locator('#field-startsAt input').fill(`${dateOf(start)}, 14:00`)
  await page.locator('#field-startsAt input').press('Enter')
  await page.locator('#field-startsAt input').press('Escape')
  await page.getByText('On your clock, UTC').first().waitFor()

  await save(page)
  await page
    .getByText(/charge is required, as this session costs £49\.99/)
    .first()
    .waitFor()
  expect(
    (await payload.count({ collection: 'scheduled-sessions', where: { charge: { exists: true } } })).totalDocs,
  ).toBe(0)

  await page.getByRole('button', { name: 'Price' }).click()
  await choose(page, 'charge', 'Payment link')
  await save(page)
  await page.getByRole('region', { name: 'This session' }).waitFor()
  const { docs } = await payload.find({
    collection: 'scheduled-sessions',
    where: { startsAt: { equals: new Date(start).toISOString() } },
    depth: 0,
  })
  expect(docs).toMatchObject([
    { status: 'pending_payment', charge: 'link', price: { amount: 4_999 }, customer: customer.id },
  ])
  expect(docs[0]?.payment).toEqual(expect.any(String))
})

it('a price is typed and shown as people write it, and means the same number when its currency changes', async () => {
  const { operations, payload } = world
  const { id } = await createServiceType(payload, [], {
    isFree: false,
    prices: [{ durationMinutes: 30, amount: 4_999, currency: 'GBP' }],
  })
  const stored = async () => (await payload.findByID({ collection: 'service-types', id, depth: 0 })).prices
  const { page } = await openAdminAs(world, operations, `/collections/service-types/${id}`)
  const amount = page.locator('#field-prices__0__amount')
  const reading = page.locator('#field-prices__0__amount-reading')
  const currency = async (code: string) => {
    await page.locator('#field-prices__0__currency input').first().fill(code)
    await page.locator('.rs__option', { hasText: code }).first().click()
  }
  await expect.poll(() => amount.inputValue()).toBe('49.99')
  await amount.fill('1,250')
  await expect.poll(() => reading.textContent()).toContain('“1,250” is no amount in GBP. Write it like 120.00')
  await save(page)
  await page.getByText('prices.0.amount must be a number').waitFor()
  expect(await stored()).toMatchObject([{ amount: 4_999, currency: 'GBP' }])

  await amount.fill('62.50')
  await expect.poll(() => reading.textContent()).toBe('= £62.50')
  await untilAdminRests(page)
  await currency('JPY')
  await expect.poll(() => reading.textContent()).toContain('“62.50” is no amount in JPY')
  await amount.fill('6000')
  await expect.poll(() => reading.textContent()).toBe('= JP¥6,000')
  await untilAdminRests(page)
  await currency('EUR')
  await expect.poll(() => reading.textContent()).toBe('= €6,000.00')
  expect(await amount.inputValue()).toBe('6000.00')
  await save(page)
  await expect.poll(stored).toMatchObject([{ amount: 600_000, currency: 'EUR' }])
})

it('lists are written for people', async () => {
  const { operations } = world
  const { page } = await openAdminAs(world, operations, '/collections/service-types')
  await page.getByRole('cell', { name: '30, 60', exact: true }).first().waitFor()
  for (const list of ['consultant-profiles', 'customers', 'users', 'scheduled-sessions']) {
    await page.goto(`${world.url}/admin/collections/${list}?limit=100`)
    const table = page.locator('.table table')
    await table.locator('tbody tr').first().waitFor()
    // Until the names behind relations have come there is nothing to read of them.
    await untilAdminRests(page)
    const cells = await table.locator('td').allInnerTexts()
    expect(cells.filter((text) => /<No |^(?:true|false)$|^\[|\b\d{13}\b/.test(text.trim()))).toEqual([])
  }
})

it('a picture is picked in a drawer: it stands in the form then, and one stays where one was', async () => {
  const { customer, operations, payload, url } = world
  const file = new FormData()
  file.set('_payload', JSON.stringify({ alt: 'A lighthouse' }))
  file.set('file', new Blob([new Uint8Array(await createPicture(64, 64))], { type: 'image/png' }), 'lighthouse.png')
  const headers = { Authorization: `JWT ${await tokenFor(payload, operations)}` }
  const sent = await fetch(`${url}/api/media`, { method: 'POST', headers, body: file })
  expect(sent.status).toBe(201)

  const { page } = await openAdminAs(world, operations, `/collections/customers/${customer.id}`)
  const address = page.url()
  await page.getByRole('button', { name: 'Choose from existing' }).click()
  const picked = page.locator('.list-drawer .default-cell__first-cell').first()
  await picked.click()
  await picked.waitFor({ state: 'detached' })
  expect(page.url()).toBe(address)
  await untilAdminRests(page)
  await save(page)
  await page.getByText('Updated successfully').waitFor()
  const saved = await payload.findByID({ collection: 'customers', id: customer.id, depth: 1 })
  expect(saved.profileImage).toMatchObject({ alt: 'A lighthouse' })
})
