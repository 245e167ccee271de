import { sql } from '@payloadcms/db-postgres'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ConsultantProfile, ServiceType, User } from '#payload-types'
import { expectSoundBooks } from '../../support/expect-sound-books'
import { createConsultant, createServiceType, createUser } from '../../support/fixtures'
import { makeJobsDue } from '../../support/jobs'
import {
  book as bookIn,
  follow as followIn,
  makeMailsDue,
  type MessageWorld,
  openMessageWorld,
  work as workIn,
} from '../../support/message-world'
import { calendarOf, kindOf, linkIn } from '../../support/resend-sandbox'

let world: MessageWorld
let consultant: { profile: ConsultantProfile; user: User }
let operations: User
let paid: ServiceType
let confirmed: ServiceType

const prices = [{ durationMinutes: 30, amount: 12_000, currency: 'GBP' as const }]

beforeAll(async () => {
  world = await openMessageWorld()
  consultant = await createConsultant(world.payload, { name: 'Ada Okafor' })
  operations = await createUser(world.payload, ['operations'])
  paid = await createServiceType(world.payload, [consultant.profile], { name: 'Pricing', isFree: false, prices })
  confirmed = await createServiceType(world.payload, [consultant.profile], {
    name: 'Strategy',
    isFree: false,
    prices,
    requiresConfirmation: true,
  })
})

afterEach(() => expectSoundBooks(world.payload))
beforeEach(async () => {
  world.stripe.control.clearFaults()
  await world.resend.control.clear()
})

const work = () => workIn(world)
const book = (serviceType: ServiceType = paid) => bookIn(world, { consultant: consultant.profile, serviceType })
const consultantMails = () => world.resend.control.emails(consultant.user.email)
const operationsMails = () => world.resend.control.emails(operations.email)
const asConsultant = async () => world.api.as(consultant.user)

describe('a paid booking', () => {
  it('asks for the payment only of who left the page without paying', async () => {
    const booking = await book()
    await work()
    expect(world.resend.control.emails()).toEqual([])
    expect(await booking.notifications()).toMatchObject([
      { kind: 'booking_pending_payment', audience: 'customer', delivery: { state: 'queued', attempts: 0 } },
    ])
    await makeMailsDue(world)
    await work()
    const [mail] = booking.mails()
    expect(kindOf(mail)).toBe('booking_pending_payment/customer')
    expect(mail?.text).toContain('£120.00')
    expect(linkIn(mail, /token=/).pathname).toBe(`/booking/${booking.reference}`)
    expect(consultantMails()).toEqual([])
  })

  it('is confirmed with a receipt when it is paid: two mails, and none that asks for money', async () => {
    const booking = await book()
    await work()
    await booking.pay()
    await work()
    await booking.refreshPayment()
    await makeMailsDue(world)
    await work()
    expect(booking.mails().map(kindOf)).toEqual(['booking_confirmation/customer', 'payment_received/customer'])
    const [confirmation, receipt] = booking.mails()
    expect(calendarOf(confirmation)).toContain('METHOD:REQUEST')
    expect(receipt?.text).toContain('£120.00')
    expect(receipt?.text).toMatch(/PM-\w{8}/)
    expect(receipt?.attachments).toEqual([])
    expect(consultantMails().map(kindOf)).toEqual(['booking_confirmation/consultant'])
    const asked = (await booking.notifications()).find(({ kind }) => kind === 'booking_pending_payment')
    expect(asked?.delivery).toMatchObject({ state: 'skipped' })
  })

  it('cancelled in time: told what goes back, and again when it has gone', async () => {
    const booking = await book()
    await booking.pay()
    await work()
    await world.resend.control.clear()
    await booking.cancel()
    await work()
    expect(booking.mails().map(kindOf).sort()).toEqual(['booking_cancelled/customer', 'refund_processed/customer'])
    const cancelled = booking.mails().find((mail) => kindOf(mail) === 'booking_cancelled/customer')
    expect(cancelled?.text).toContain('£120.00 goes back the way you paid')
    expect(booking.mails().find((mail) => kindOf(mail) === 'refund_processed/customer')?.text).not.toContain('Reason')
    expect(consultantMails()[0]?.text).not.toContain('£120')
  })

  it('not paid in time: only the customer hears of it', async () => {
    const booking = await book()
    const { id } = await booking.find()
    await backdate(id)
    await makeJobsDue(world.database, 'expire-payment')
    await work()
    expect(booking.mails().map(kindOf)).toEqual(['booking_expired/customer'])
    expect(booking.mails()[0]?.text).toContain('No payment reached us in time')
    expect(consultantMails()).toEqual([])
  })

  it('cancelled before it was paid: the consultant, who never heard of it, is left alone', async () => {
    const booking = await book()
    await booking.cancel()
    await work()
    expect(booking.mails().map(kindOf)).toEqual(['booking_cancelled/customer'])
    expect(booking.mails()[0]?.attachments).toEqual([])
    expect(booking.mails()[0]?.text).toContain('You pay nothing.')
    expect(consultantMails()).toEqual([])
  })

  it('paid after it was cancelled: customer and operations are told that the money goes back, once', async () => {
    const booking = await book()
    await booking.cancel()
    await followIn(world)
    world.stripe.control.payCheckout(booking.checkoutId)
    await work()
    await work()
    expect(booking.mails().map(kindOf).sort()).toEqual(['booking_cancelled/customer', 'late_payment_refunded/customer'])
    expect(operationsMails().map(kindOf)).toEqual(['late_payment_refunded/operations'])
    expect(operationsMails()[0]?.subject).toContain(booking.reference)
  })

  it('whose bank debit fails: the customer is told, and can pay another way', async () => {
    const booking = await book()
    world.stripe.control.payCheckout(booking.checkoutId, { method: 'bank_debit' })
    await booking.refreshPayment()
    await work()
    const intent = world.stripe.control.tables().checkout_sessions[booking.checkoutId]?.payment_intent
    world.stripe.control.settleDebit(String(intent), 'failed')
    await booking.refreshPayment()
    await work()
    expect(booking.mails().map(kindOf)).toEqual(['payment_failed/customer'])
    expect(booking.mails()[0]?.text).toContain('Nothing was charged')
  })

  it('whose refund fails: operations are told why', async () => {
    const booking = await book()
    await booking.pay()
    await work()
    await world.resend.control.clear()
    world.stripe.control.nextRefund('fail_at_once')
    await booking.cancel()
    await work()
    expect(operationsMails().map(kindOf)).toEqual(['refund_failed/operations'])
    expect(operationsMails()[0]?.text).toContain('£120.00')
    expect(booking.mails().map(kindOf)).toEqual(['booking_cancelled/customer'])
  })
})

/** As if the payment deadline were over. */
const backdate = async (sessionId: string) => {
  const { poolDb } = await import('#database/transactions')
  await poolDb(world.payload).execute(sql`
    UPDATE scheduled_sessions SET payment_deadline = now() - interval '1 second' WHERE id = ${sessionId}`)
}

describe('a booking that needs the consultant’s yes', () => {
  it('asks the consultant once the card is authorised; their yes confirms it, the receipt follows the money', async () => {
    const booking = await book(confirmed)
    await work()
    expect(world.resend.control.emails()).toEqual([])
    await booking.pay()
    await work()
    expect(booking.mails().map(kindOf)).toEqual(['booking_awaiting_confirmation/customer'])
    expect(consultantMails().map(kindOf)).toEqual(['booking_awaiting_confirmation/consultant'])
    const answered = await (await asConsultant()).post(`${booking.url}/confirm`)
    expect(answered.status, answered.text).toBe(200)
    await work()
    expect(booking.mails().slice(1).map(kindOf)).toEqual(['booking_confirmation/customer', 'payment_received/customer'])
  })

  it('declined: the customer is told why and that nothing is charged', async () => {
    const booking = await book(confirmed)
    await booking.pay()
    await work()
    await world.resend.control.clear()
    const declined = await (await asConsultant()).post(`${booking.url}/decline`, { reason: 'I am travelling.' })
    expect(declined.status, declined.text).toBe(200)
    await work()
    expect(booking.mails().map(kindOf)).toEqual(['booking_declined/customer'])
    expect(booking.mails()[0]?.text).toContain('I am travelling.')
    expect(booking.mails()[0]?.text).toContain('You pay nothing.')
    expect(consultantMails()).toEqual([])
  })

  it('unanswered: both hear that it has expired', async () => {
    const booking = await book(confirmed)
    await booking.pay()
    await work()
    await world.resend.control.clear()
    await makeJobsDue(world.database, 'expire-confirmation')
    await work()
    expect(booking.mails().map(kindOf)).toEqual(['booking_expired/customer'])
    expect(booking.mails()[0]?.text).toContain('There was no answer in time')
    expect(consultantMails().map(kindOf)).toEqual(['booking_expired/consultant'])
  })
})

describe('statistics', () => {
  it('are counted from what happened: bookings, what was earned and spent, per currency', async () => {
    const serviceType = await createServiceType(world.payload, [], { isFree: false, prices })
    const { profile } = await createConsultant(world.payload)
    await world.payload.update({
      collection: 'service-types',
      id: serviceType.id,
      data: { consultants: [profile.id] },
    })
    const booked = await bookFrom(profile, serviceType)
    const cancelled = await bookFrom(profile, serviceType)
    for (const booking of [booked, cancelled]) await booking.pay()
    await work()
    const consultantNumbers = async () =>
      (await world.payload.findByID({ collection: 'consultant-profiles', id: profile.id })).statistics
    const customerNumbers = async ({ customer }: typeof booked) =>
      (await world.payload.find({ collection: 'customers', where: { email: { equals: customer.email } } })).docs[0]
        ?.statistics
    expect(await consultantNumbers()).toMatchObject({ totalBookings: 2, totalEarnings: {} })
    expect(await customerNumbers(booked)).toMatchObject({
      totalBookings: 1,
      totalSpent: { GBP: 12_000 },
      averageSpentPerSession: { GBP: 12_000 },
    })
    await cancelled.cancel()
    await completeAt(await booked.find())
    await work()
    // 15 % are the platform's.
    expect(await consultantNumbers()).toMatchObject({ totalBookings: 1, totalEarnings: { GBP: 10_200 } })
    expect(await customerNumbers(cancelled)).toMatchObject({ totalBookings: 0, totalSpent: { GBP: 0 } })

    // The admin shows the newest version.
    const shown = await world.payload.findByID({ collection: 'consultant-profiles', id: profile.id, draft: true })
    expect(shown.statistics).toMatchObject({ totalBookings: 1, totalEarnings: { GBP: 10_200 } })
  })
})

const bookFrom = (profile: ConsultantProfile, serviceType: ServiceType) =>
  bookIn(world, { consultant: profile, serviceType })

/** As if the session had been held in the last hour. */
const completeAt = async ({ id }: { id: string }) => {
  const { poolDb } = await import('#database/transactions')
  await poolDb(world.payload).execute(sql`
    UPDATE scheduled_sessions SET starts_at = now() - interval '1 hour', ends_at = now() - interval '30 minutes' WHERE id = ${id}`)
  const { completeEndedSession } = await import('#checkout/expire-session')
  await completeEndedSession(world.payload, id)
}
