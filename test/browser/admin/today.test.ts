import { beforeAll, describe, expect, it } from 'vitest'
import type { User } from '#payload-types'
import { openAdminAs } from '../../support/admin-page'
import { overflowOf, seriousFaults } from '../../support/browser-checks'
import { createConsultant, createServiceType, createUser } from '../../support/fixtures'
import { book, type MessageWorld, openMessageWorld, work } from '../../support/message-world'
import { startWebProcess } from '../../support/servers'

let world: MessageWorld & { url: string }
let operations: User
let host: User
let booking: Awaited<ReturnType<typeof book>>
let unpaid: Awaited<ReturnType<typeof book>>

beforeAll(async () => {
  const opened = await openMessageWorld()
  const { payload, database } = opened
  const web = await startWebProcess({
    database,
    env: { RESEND_API_KEY: 're_test', STRIPE_SECRET_KEY: 'sk_test_1', STRIPE_WEBHOOK_SECRET: 'whsec_test' },
    pages: true,
  })
  world = { ...opened, url: web.url }
  operations = await createUser(payload, ['operations'], { name: 'Olivia Operations' })
  const { profile: consultant, user } = await createConsultant(payload, { name: 'Bea Bright' })
  host = user
  await createConsultant(payload, { name: 'Ida Idle' })
  const serviceType = await createServiceType(payload, [consultant], { name: 'Tea talk' })
  const dear = await createServiceType(payload, [consultant], { isFree: false })
  const { publishSlots } = await import('#directory/published-slots/publish-slots')
  await publishSlots(payload, consultant.id)
  await work(world)
  booking = await book(world, { consultant, serviceType })
  unpaid = await book(world, { consultant, serviceType: dear })
  await work(world)
})

describe('the dashboard of operations', () => {
  it('says what comes, what waits and for whom; each number leads to the list behind it', async () => {
    const { page, faults } = await openAdminAs(world, operations, '')
    const next = page.getByRole('region', { name: 'Now and next' })
    const line = next.getByRole('row', { name: new RegExp(booking.reference) })
    expect(await line.innerText()).toMatch(/Ada Guest\s+Bea Bright\s+Tea talk\s+Scheduled/)
    const experts = page.getByRole('region', { name: 'Experts who cannot be booked' })
    expect(await experts.innerText()).toMatch(/Ida Idle\s+offers no active service/)
    expect(await experts.innerText()).not.toContain('Bea Bright')
    await page.getByRole('region', { name: 'Money today' }).getByText('No money has moved today.').waitFor()
    for (const width of [1440, 768]) {
      await page.setViewportSize({ width, height: 900 })
      expect(await overflowOf(page)).toBe(0)
    }
    // Payload's own choice of a dashboard, above it, has no name.
    expect(await seriousFaults(page, { within: '.modular-dashboard' })).toEqual([])

    const waiting = page.getByRole('region', { name: 'Waiting for somebody' })
    await waiting.getByRole('link', { name: '1 Sessions not paid yet' }).click()
    await page.waitForURL(/scheduled-sessions\?/)
    await page.getByRole('cell', { name: unpaid.reference }).waitFor()
    expect(await page.locator('tbody tr').count()).toBe(1)
    expect(faults).toEqual([])
  })

  it('finds by what somebody says on the telephone, from every page', async () => {
    const { page, faults } = await openAdminAs(world, operations, '')
    const box = page.getByRole('region', { name: 'Search' })
    await box.getByRole('searchbox').fill('ada gu')
    await box.getByRole('button', { name: 'Search' }).click()
    await page.waitForURL(/\/admin\/search\?q=ada/)
    const people = page.getByRole('region', { name: 'Customers' })
    await people.getByRole('link', { name: 'Ada Guest' }).first().waitFor()
    expect(await seriousFaults(page)).toEqual([])

    await page.goto(`${world.url}/admin/collections/customers`)
    await page.getByRole('button', { name: /^Search/ }).waitFor()
    await page.keyboard.press('Control+k')
    const dialog = page.getByRole('dialog', { name: 'Search' })
    await dialog.getByRole('searchbox').fill(booking.reference.toLowerCase())
    const found = dialog.getByRole('link', { name: booking.reference })
    await found.waitFor()
    expect(await seriousFaults(page)).toEqual([])
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.waitForURL(/scheduled-sessions\/[0-9a-f-]{36}/)
    await dialog.waitFor({ state: 'hidden' })
    await page.keyboard.press('Control+k')
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'hidden' })
    expect(faults).toEqual([])
  })
})

describe('the dashboard of a consultant', () => {
  it('has their own sessions and what waits for them, and nothing of the house', async () => {
    const { page, faults } = await openAdminAs(world, host, '')
    const own = page.getByRole('region', { name: 'Your sessions: now and next' })
    await own.getByRole('row', { name: new RegExp(booking.reference) }).waitFor()
    await page
      .getByRole('region', { name: 'Waiting for somebody' })
      .getByRole('link', { name: '1 Sessions not paid yet' })
      .waitFor()
    for (const name of ['Money today', 'Experts who cannot be booked', 'Search']) {
      expect(await page.getByRole('region', { name }).count()).toBe(0)
    }
    await page.keyboard.press('Control+k')
    expect(await page.getByRole('dialog').count()).toBe(0)
    expect(faults).toEqual([])
  })
})
