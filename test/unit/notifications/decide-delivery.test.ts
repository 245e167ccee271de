import { describe, expect, it } from 'vitest'
import { isMailWanted } from '#notifications/channels/email/is-mail-wanted'
import { decideDelivery, type DeliveryContext, type DeliveryRecipient } from '#notifications/deliver/decide-delivery'
import { type MessageKind, messageKindNames, messageKindRow } from '#notifications/message-kinds'
import { messageSamples, sampleSession } from './message-samples'

const recipient = { address: 'jo@example.com', isActive: true, preferences: {} }
const before = sampleSession.startsAt - 3_600_000
const { startsAt, endsAt, sequence } = sampleSession

/** As the mail sees its recipient. */
const decide = (
  kind: MessageKind,
  changes: Partial<Omit<DeliveryRecipient, 'isWanted'>> = {},
  context: Partial<DeliveryContext> = {},
) => {
  const { preferences = {}, ...reached } = { ...recipient, ...changes }
  const isWanted = isMailWanted(preferences, messageKindRow(kind).category)
  return decideDelivery(
    { kind, parts: messageSamples[kind] },
    { ...reached, preferences, isWanted },
    { now: 0, ...context },
  )
}

const unwanted = { preferences: { emailNotifications: false, remindersEnabled: false } }

describe('decideDelivery', () => {
  it.each(messageKindNames())('asks the wishes of the recipient for %s as its category says', (kind) => {
    const expected =
      messageKindRow(kind).category === 'transactional' ? { send: true } : { send: false, reason: 'unwanted' }
    expect(decide(kind, unwanted)).toEqual(expected)
    expect(decide(kind)).toEqual({ send: true })
  })

  it('leaves reminders alone that nobody wants, and sends the rest', () => {
    const preferences = { emailNotifications: true, remindersEnabled: false }
    expect(decide('booking_reminder', { preferences })).toEqual({ send: false, reason: 'reminders_off' })
    expect(decide('session_completed', { preferences })).toEqual({ send: true })
  })

  it('sends nothing to who is gone or has no address', () => {
    expect(decide('refund_processed', { isActive: false })).toEqual({ send: false, reason: 'recipient_gone' })
    expect(decide('refund_processed', { address: null })).toEqual({ send: false, reason: 'no_address' })
  })

  it('reminds of a session that is still on at that time, and before it starts', () => {
    const session = { status: 'scheduled', startsAt, endsAt, sequence } as const
    expect(decide('booking_reminder', {}, { session, now: before })).toEqual({ send: true })
    const cancelled = { ...session, status: 'cancelled_by_user' } as const
    for (const present of [cancelled, { ...session, startsAt: startsAt + 1 }, null]) {
      expect(decide('booking_reminder', {}, { session: present, now: before })).toEqual({
        send: false,
        reason: 'superseded',
      })
    }
    expect(decide('booking_reminder', {}, { session, now: startsAt })).toEqual({ send: false, reason: 'too_late' })
  })

  it('asks for a payment only while it can be made', () => {
    const session = { status: 'pending_payment', startsAt, endsAt, sequence } as const
    const { deadline } = messageSamples.booking_pending_payment
    expect(decide('booking_pending_payment', {}, { session, now: deadline - 1 })).toEqual({ send: true })
    expect(decide('booking_pending_payment', {}, { session, now: deadline })).toEqual({
      send: false,
      reason: 'too_late',
    })
    const paid = { ...session, status: 'scheduled' } as const
    expect(decide('booking_pending_payment', {}, { session: paid })).toEqual({ send: false, reason: 'superseded' })
  })

  it('asks a consultant for times only while the request is open', () => {
    expect(decide('availability_request', {}, { request: { status: 'pending_assignment' } })).toEqual({ send: true })
    for (const request of [{ status: 'cancelled' } as const, null]) {
      expect(decide('availability_request', {}, { request })).toEqual({ send: false, reason: 'superseded' })
    }
  })

  it('tells of what happened however late', () => {
    const session = { status: 'cancelled_by_user', startsAt, endsAt, sequence } as const
    expect(decide('booking_cancelled', {}, { session, now: endsAt + 1 })).toEqual({ send: true })
  })

  it('invites to no time that was changed or given up since', () => {
    const session = { status: 'scheduled', startsAt, endsAt, sequence } as const
    for (const kind of ['booking_confirmation', 'booking_rescheduled'] as const) {
      expect(decide(kind, {}, { session })).toEqual({ send: true })
      const later = { ...session, sequence: sequence + 1 }
      expect(decide(kind, {}, { session: later })).toEqual({ send: false, reason: 'superseded' })
    }
  })
})
