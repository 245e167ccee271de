import { beforeAll, describe, expect, it } from 'vitest'
import type { Payment } from '#payload-types'
import { openAdminAs } from '../../support/admin-page'
import { guest, hourIn, iso } from '../../support/fixtures'
import { runDueJobs } from '../../support/jobs'
import { elsewhereReference, payElsewhere } from '../../support/pay-elsewhere'
import { seriousFaults } from '../../support/browser-checks'
import { type AdminWorld, openAdmin } from './admin-world'

let world: AdminWorld
let hour = 0

beforeAll(async () => {
  world = await openAdmin()
})

const bookSession = async () => {
  const { api, consultant, serviceType } = world
  const body = {
    consultant: consultant.slug,
    serviceType: serviceType.slug,
    start: iso(hourIn(6, hour++)),
    customer: guest(),
  }
  const { json } = await api.post('/booking/sessions', body)
  return {
    reference: String(json.session.reference),
    checkoutId: new URL(json.payment.checkoutUrl).pathname.split('/').pop() ?? '',
    auth: { Authorization: `Bearer ${json.manageToken}` },
  }
}

const paymentOf = async (reference: string): Promise<Payment> => {
  const { docs } = await world.payload.find({
    collection: 'payments',
    where: { 'scheduledSession.reference': { equals: reference } },
    depth: 0,
  })
  const [payment] = docs
  if (!payment) throw new Error('There is no payment.')
  return payment
}

/** A session that was paid at Stripe, of which we have heard. */
const paidSession = async (): Promise<Payment> => {
  const { reference, checkoutId, auth } = await bookSession()
  world.stripe.control.payCheckout(checkoutId)
  await world.api.post(`/booking/sessions/${reference}/payment/refresh`, {}, auth)
  return paymentOf(reference)
}

describe('the page of a payment', () => {
  it('returns what is typed after showing what that does', async () => {
    const payment = await paidSession()
    const { page, faults } = await openAdminAs(world, world.operations, `/collections/payments/${payment.id}`)
    const panel = page.getByRole('region', { name: 'This payment' })
    await panel.getByText('Paid', { exact: true }).first().waitFor()
    await panel.getByRole('button', { name: 'Refund' }).click()
    const amount = page.getByLabel('Amount in GBP')
    expect(await amount.inputValue()).toBe('49.99')
    await amount.fill('1,234.56')
    await page.getByText('This is no amount of GBP.').waitFor()
    await amount.press('Escape')
    await amount.waitFor({ state: 'hidden' })
    await panel.getByRole('button', { name: 'Refund' }).click()
    await amount.fill('80')
    await page.getByRole('alert').filter({ hasText: 'At most £49.99' }).waitFor()
    await amount.fill('12,50')
    await page.getByText('The customer gets £12.50 back').waitFor()
    await page.getByLabel('Reason').fill('The line was poor.')
    await page.locator('#confirm-action').click()
    await panel.getByText('Refund asked for').waitFor()
    await runDueJobs(world.payload, world.database, { only: ['run-refund'] })
    await panel.getByText('Refund returned').waitFor()
    expect(await panel.innerText()).toContain('Olivia Operations')
    expect(await panel.innerText()).toContain('The line was poor.')
    const { docs } = await world.payload.find({
      collection: 'refunds',
      where: { payment: { equals: payment.id } },
      depth: 0,
    })
    expect(docs.map(({ amount: returned, status, reason }) => ({ returned, status, reason }))).toEqual([
      { returned: 1_250, status: 'succeeded', reason: 'The line was poor.' },
    ])
    await panel.getByLabel(/With bookings/).check()
    await panel.getByText("Platform's fee returned").waitFor()
    // The fields below are Payload's own.
    expect(await seriousFaults(page, { within: '.parley-panel' })).toEqual([])
    expect(faults).toEqual([])
  })

  it('that was made elsewhere says where and by whom, and records that its refund was returned', async () => {
    const { reference, auth } = await bookSession()
    await payElsewhere(world.payload, { session: reference, operations: world.operations })
    await world.api.post(`/booking/sessions/${reference}/cancel`, {}, auth)
    const payment = await paymentOf(reference)
    const { page, faults } = await openAdminAs(world, world.operations, '/money')
    await page.getByRole('region', { name: 'Refunds to return by hand' }).getByRole('link', { name: '£49.99' }).click()
    await page.waitForURL(`**/collections/payments/${payment.id}`)
    const panel = page.getByRole('region', { name: 'This payment' })
    await panel.getByText(`Paid elsewhere: ${elsewhereReference} · recorded by Olivia Operations`).waitFor()
    await panel.getByText('Paid elsewhere: paid out only when operations release it').waitFor()
    expect(await panel.getByRole('button', { name: 'Read again from Stripe' }).count()).toBe(0)
    expect(await panel.getByRole('button', { name: 'Release payout' }).count()).toBe(1)
    await panel.getByRole('button', { name: 'The refund of £49.99 was returned' }).click()
    await page.locator('.parley-dialog').getByLabel('Reference').fill('By transfer, 4711')
    expect(await seriousFaults(page, { within: '.parley-dialog' })).toEqual([])
    await page.locator('#confirm-action').click()
    await panel.getByText('Refund returned elsewhere').waitFor()
    expect(await panel.innerText()).toContain('By transfer, 4711')
    expect(await panel.getByRole('button', { name: /refund of/i }).count()).toBe(0)
    expect(await paymentOf(reference)).toMatchObject({ status: 'refunded' })
    expect(faults).toEqual([])
  })

  it('shows its consultant no actions and nothing of Stripe', async () => {
    const payment = await paidSession()
    const { page } = await openAdminAs(world, world.host, `/collections/payments/${payment.id}`)
    const panel = page.getByRole('region', { name: 'This payment' })
    await panel.getByText('What happened').waitFor()
    expect(await panel.getByRole('button').count()).toBe(0)
    expect(await panel.getByRole('link', { name: 'Stripe' }).count()).toBe(0)
    expect(await panel.innerText()).toContain('£42.49')
  })
})

describe('an event that failed', () => {
  it('is worked off again by a click', async () => {
    const payment = await paidSession()
    const event = await world.payload.db.create({
      collection: 'stripe-events',
      data: {
        eventId: `evt_${payment.id}`,
        account: '',
        type: 'payment_intent.succeeded',
        objectId: payment.stripe?.paymentIntentId,
        status: 'failed',
        attempts: 5,
        payload: {
          id: `evt_${payment.id}`,
          type: 'payment_intent.succeeded',
          data: { object: { id: payment.stripe?.paymentIntentId } },
        },
        error: 'Error: the database was away',
        receivedAt: new Date().toISOString(),
      },
    })
    const { page } = await openAdminAs(world, world.operations, '/collections/stripe-events')
    await page.getByRole('link', { name: 'Failed', exact: true }).click()
    await page.getByRole('link', { name: String(event.eventId) }).click()
    await page.getByRole('button', { name: 'Replay' }).click()
    await page.getByText('It is worked off again.').waitFor()
    await runDueJobs(world.payload, world.database, { only: ['process-stripe-event'] })
    const after = await world.payload.findByID({ collection: 'stripe-events', id: String(event.id) })
    expect(after).toMatchObject({ status: 'processed', error: null })
  })
})
