import { beforeAll, describe, expect, it } from 'vitest'
import type { RestClient } from '../../support/rest-client'
import {
  bookPaid,
  bookPaidOut,
  createPayee,
  expectBooksToBalance,
  openPayoutWorld,
  type PaidBooking,
  type PayoutWorld,
  work,
} from '../../support/payout-world'

let world: PayoutWorld
let staff: RestClient

beforeAll(async () => {
  world = await openPayoutWorld()
  ;({ staff } = world)
})

const url = ({ reference }: PaidBooking) => `/payments/${reference}/payout`

describe('a payout in the hands of operations', () => {
  it('shows what would be done now and why', async () => {
    const { consultant } = await createPayee(world)
    const booking = await bookPaid(world, consultant)
    const view = async () => (await staff.get(url(booking))).json
    expect(await view()).toMatchObject({ status: 'not_due', next: { action: 'nothing', amount: null } })
    await booking.complete()
    expect(await view()).toMatchObject({
      status: 'not_due',
      next: {
        action: 'transfer',
        amount: { amount: 8_500, currency: 'GBP' },
        reason: '£85.00 is paid out to the consultant.',
      },
    })
    await work(world)
    expect(await view()).toMatchObject({
      status: 'paid',
      transferred: { amount: 8_500, currency: 'GBP' },
      reversed: { amount: 0 },
      next: { action: 'nothing' },
    })
    await booking.refund(4_000)
    await work(world, ['run-refund'])
    expect(await view()).toMatchObject({ next: { action: 'reverse', amount: { amount: 3_400, currency: 'GBP' } } })
  })

  it('is kept back with a reason until they let it go', async () => {
    const { consultant } = await createPayee(world)
    const booking = await bookPaid(world, consultant)
    const headers = { 'Idempotency-Key': 'hold-once' }
    const held = await staff.post(`${url(booking)}/hold`, { reason: 'The customer complains.' }, headers)
    expect(held.json).toMatchObject({ isHeldByOperations: true, heldNote: 'The customer complains.' })
    expect((await staff.post(`${url(booking)}/hold`, { reason: 'The customer complains.' }, headers)).text).toBe(
      held.text,
    )
    expect((await staff.post(`${url(booking)}/hold`, { reason: 'Again.' })).json).toMatchObject({
      code: 'illegal_transition',
    })
    await booking.complete()
    await work(world)
    expect(await booking.find()).toMatchObject({
      payout: { status: 'held', heldReason: 'by_operations', heldNote: 'The customer complains.' },
    })
    expect((await staff.post(`${url(booking)}/retry`)).json).toMatchObject({ code: 'illegal_transition' })
    expect((await staff.post(`${url(booking)}/release`)).json).toMatchObject({
      status: 'due',
      isHeldByOperations: false,
      heldNote: null,
      next: { action: 'transfer' },
    })
    await work(world)
    expect(await booking.moves()).toEqual([['transfer', 'succeeded', 8_500]])
    expect((await booking.transfers())[0]).toMatchObject({
      requestedBy: world.operations.id,
      requestedByRole: 'operations',
    })
    expect((await staff.post(`${url(booking)}/release`)).json).toMatchObject({ code: 'illegal_transition' })
  })

  it('that Stripe refused is tried again, once for each asking', async () => {
    const { consultant, accountId } = await createPayee(world)
    const booking = await bookPaid(world, consultant)
    await booking.complete()
    world.stripe.control.restrictAccount(accountId)
    await work(world)
    expect((await staff.get(url(booking))).json).toMatchObject({
      heldReason: 'account_restricted',
      next: { action: 'hold', reason: 'Account restricted by Stripe.' },
    })
    world.stripe.control.completeAccount(accountId)
    expect((await staff.post(`${url(booking)}/retry`)).json).toMatchObject({ next: { action: 'transfer' } })
    await work(world)
    expect(await booking.moves()).toEqual([
      ['transfer', 'failed', 8_500],
      ['transfer', 'succeeded', 8_500],
    ])
    expect((await staff.post(`${url(booking)}/retry`)).json).toMatchObject({ code: 'illegal_transition' })
  })

  it('needs a reason, and a payment that there is', async () => {
    const { consultant } = await createPayee(world)
    const booking = await bookPaid(world, consultant)
    expect((await staff.post(`${url(booking)}/hold`, {})).json).toMatchObject({ code: 'invalid_request' })
    expect((await staff.get('/payments/PM-22222222/payout')).json).toMatchObject({ code: 'not_found' })
  })

  it('is nobody else’s to move; consultants read their transfers', async () => {
    const { consultant, user } = await createPayee(world)
    const booking = await bookPaidOut(world, consultant)
    const theirs = await world.api.as(user)
    const other = await world.api.as((await createPayee(world)).user)
    for (const api of [world.api, theirs, other]) {
      expect((await api.get(url(booking))).json).toMatchObject({ code: 'not_found' })
      expect((await api.post(`${url(booking)}/hold`, { reason: 'Mine.' })).json).toMatchObject({ code: 'not_found' })
    }
    const where = `where[payment][equals]=${booking.id}`
    const { docs } = (await theirs.get(`/transfers?${where}`)).json
    expect(docs).toMatchObject([{ kind: 'transfer', status: 'succeeded', amount: 8_500, currency: 'GBP' }])
    expect(docs[0]).not.toHaveProperty('stripeObjectId')
    expect((await other.get(`/transfers?${where}`)).json.docs).toEqual([])
    await expectBooksToBalance(world)
  })
})
