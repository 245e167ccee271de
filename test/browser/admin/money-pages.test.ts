import { readFile } from 'node:fs/promises'
import { beforeAll, describe, expect, it } from 'vitest'
import { openAdminAs, untilAdminIsAlive } from '../../support/admin-page'
import { overflowOf, seriousFaults } from '../../support/browser-checks'
import { type AdminWorld, openAdmin } from './admin-world'

let world: AdminWorld

beforeAll(async () => {
  world = await openAdmin()
  await world.payload.db.create({
    collection: 'stripe-events',
    data: {
      eventId: 'evt_broken',
      type: 'charge.updated',
      status: 'failed',
      payload: {},
      error: 'Error: the object is gone',
      receivedAt: new Date().toISOString(),
    },
  })
})

describe('the money overview', () => {
  it('says per currency what moved and what is open, and adds none up', async () => {
    const { page, faults } = await openAdminAs(world, world.operations, '/money')
    const gbp = page.getByRole('region', { name: 'GBP', exact: true })
    await gbp.waitFor()
    const period = gbp.getByRole('region', { name: 'GBP: In this period' })
    expect(await period.innerText()).toMatch(/Collected\s*£160\.01/)
    expect(await period.innerText()).toMatch(/Paid out\s*£85\.01/)
    const open = gbp.getByRole('region', { name: 'GBP: Open now' })
    expect(await open.innerText()).toMatch(/Held back\s*£51\.00\s*1 payout/)
    const jpy = page.getByRole('region', { name: 'JPY', exact: true })
    expect(await jpy.getByRole('region', { name: 'JPY: In this period' }).innerText()).toMatch(/Collected\s*JP¥24,000/)
    expect(await jpy.getByRole('region', { name: 'JPY: Open now' }).innerText()).toMatch(/Not due yet\s*JP¥20,400/)
    expect(await gbp.getByRole('img').getAttribute('aria-label')).toContain('£160.01 collected')

    await gbp.getByText('Figures by day').click()
    expect(await gbp.getByRole('row').filter({ hasText: '£100.01' }).count()).toBe(1)
    expect(await seriousFaults(page)).toEqual([])
    expect(await overflowOf(page)).toBe(0)
    expect(faults).toEqual([])
  })

  it('shows another period when one is chosen', async () => {
    const { page } = await openAdminAs(world, world.operations, '/money?first=2026-01-01&last=2026-01-31')
    const gbp = page.getByRole('region', { name: 'GBP', exact: true })
    await gbp.getByText('Nothing moved in these days.').waitFor()
    await page.getByRole('link', { name: 'Last 90 days' }).click()
    await gbp.getByText('Figures by day').waitFor()
    expect(page.url()).toContain('first=')
  })

  it('lists what needs attention, each with the way there', async () => {
    const { page } = await openAdminAs(world, world.operations, '/money')
    const events = page.getByRole('region', { name: 'Events that failed' })
    await events.getByRole('link', { name: 'charge.updated' }).click()
    await page.getByRole('button', { name: 'Replay' }).waitFor()
    await page.goBack()
    await untilAdminIsAlive(page)
    await page
      .getByRole('region', { name: 'Payouts held back' })
      .getByRole('link', { name: 'No account to pay to' })
      .click()
    await page.getByText(world.payments.held.reference).waitFor()
    expect(await page.getByText(world.payments.paidOut.reference).count()).toBe(0)
  })

  it('is for staff alone', async () => {
    const { page } = await openAdminAs(world, world.host, '/money')
    await page.waitForURL(/unauthorized/)
    const nav = page.getByRole('link', { name: 'Money overview' })
    expect(await nav.count()).toBe(0)
    await page.context().clearCookies()
    await page.goto(`${world.url}/admin/money`)
    await page.waitForURL(/login/)
  })

  it('fits a phone, in the dark as well', async () => {
    const { page } = await openAdminAs(world, world.operations, '/money', {
      viewport: { width: 390, height: 844 },
      colorScheme: 'dark',
    })
    await page.getByRole('region', { name: 'GBP', exact: true }).waitFor()
    // The navigation is folded away once the page is alive.
    await expect.poll(() => overflowOf(page)).toBe(0)
    expect(await seriousFaults(page)).toEqual([])
  })
})

describe("a consultant's payouts", () => {
  it('say what is owed, what waits and why, and what was paid', async () => {
    const { page, faults } = await openAdminAs(world, world.host, '/payouts')
    await page.getByRole('heading', { name: 'My payouts' }).waitFor()
    expect(await page.getByRole('region', { name: 'Balance' }).innerText()).toMatch(/GBP\s*£51\.00/)
    expect(await page.getByRole('region', { name: 'Balance' }).innerText()).toMatch(/JPY\s*JP¥20,400/)
    expect(await page.getByRole('region', { name: 'Held back', exact: true }).innerText()).toContain(
      'No account to pay to',
    )
    expect(await page.getByRole('region', { name: 'Upcoming', exact: true }).innerText()).toContain('JP¥20,400')
    expect(await page.getByRole('region', { name: 'Past transfers', exact: true }).innerText()).toContain('£85.01')
    await page.getByRole('button', { name: 'Set up payouts' }).waitFor()
    expect(await page.getByRole('combobox', { name: 'Consultant' }).count()).toBe(0)
    expect(await seriousFaults(page)).toEqual([])
    expect(await overflowOf(page)).toBe(0)
    expect(faults).toEqual([])
  })

  it('lead to Stripe, where the details are given', async () => {
    const { page } = await openAdminAs(world, world.host, '/payouts')
    await page.getByRole('button', { name: 'Set up payouts' }).click()
    await page.waitForURL((url) => url.origin === new URL(world.stripe.url).origin)
  })

  it('hand out the statement of a month', async () => {
    const { page } = await openAdminAs(world, world.host, '/payouts')
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page
        .getByRole('link', { name: /as CSV$/ })
        .first()
        .click(),
    ])
    expect(download.suggestedFilename()).toMatch(/^statement-kenji-watanabe-\d{4}-\d{2}\.csv$/)
    const text = await readFile(await download.path(), 'utf8')
    expect(text.charCodeAt(0)).toBe(0xfeff)
    expect(text).toContain('GBP,closing balance,,,,,,,,,51.00,')
  })

  it('are shown to staff of whom they choose', async () => {
    const { page } = await openAdminAs(world, world.operations, '/payouts?consultant=kenji-watanabe')
    await page.getByRole('heading', { name: 'Payouts of Kenji Watanabe' }).waitFor()
    await page.getByRole('combobox', { name: 'Consultant' }).waitFor()
  })
})
