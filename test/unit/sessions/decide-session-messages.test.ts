import { describe, expect, it } from 'vitest'
import type { SessionRow } from '#sessions/session-queries'
import { type SessionState, sessionStateNames } from '#sessions/session-states'
import { decideSessionMessages, type SessionMessageFacts, type Told } from '#sessions/messages/decide-session-messages'
import { parseMessageParts } from '#notifications/message-data'
import { messageKindRow } from '#notifications/message-kinds'
import { sessionEvents } from '#sessions/session-events'

const startsAt = Date.UTC(2026, 11, 1, 9)
const hour = 3_600_000
const now = startsAt - 72 * hour

const session: SessionRow = {
  id: 's',
  reference: 'PY-7KQ2M9XB',
  status: 'scheduled',
  startsAt,
  endsAt: startsAt + hour,
  durationMinutes: 60,
  timeZone: 'Europe/Berlin',
  language: 'en',
  createdAt: now,
  slotId: null,
  requestId: null,
  paysWithLogin: false,
  manageTokenHash: null,
  paymentDeadline: now + hour,
  confirmBy: startsAt,
  emailConfirmBy: null,
  sequence: 1,
  amount: 12_000,
  currency: 'GBP',
  platformFeeAmount: 1_800,
  consultantPayoutAmount: 10_200,
  policy: { refundableBeforeHours: 24, refundPercentage: 100 },
  timesMoved: 0,
  meetingProvider: null,
  meetingJoinUrl: null,
  recordingUrl: null,
  recordingExpiresAt: null,
  consultantId: 'c',
  consultantSlug: 'ada',
  consultantName: 'Ada',
  consultantTimeZone: 'UTC',
  consultantUserId: null,
  consultantEmail: null,
  customerId: 'cu',
  customerName: 'Jo',
  customerEmail: 'jo@example.com',
  customerUserId: null,
  serviceTypeId: 't',
  serviceTypeSlug: 'call',
  serviceTypeName: 'Call',
  requiresConfirmation: false,
  paymentId: 'p',
  paymentStatus: 'succeeded',
  captureBefore: null,
  paymentReference: null,
  receiptUrl: null,
  invoiceNumber: null,
  paymentAmount: 12_000,
  refundedAmount: 0,
  hasReview: false,
  payoutStatus: 'not_due',
  claim: null,
  attributes: { 'scheduled-sessions': null, customers: null, 'consultant-profiles': null, 'service-types': null },
}

const facts = (changes: Partial<SessionRow> = {}, more: Partial<SessionMessageFacts> = {}): SessionMessageFacts => ({
  session: { ...session, ...changes },
  told: [],
  openedBy: 'customer',
  from: null,
  by: 'customer',
  reason: null,
  move: null,
  refund: null,
  paymentReference: 'PM-9XB7KQ2M',
  now,
  ...more,
})

const toldTime = (state: string, at: number, sequence: number): Told[] =>
  (['customer', 'consultant'] as const).map((audience) => ({
    kind: 'booking_confirmation',
    audience,
    state,
    sequence,
    startsAt: at,
    endsAt: at + hour,
  }))

/** Returned already, by Stripe. */
const byStripe = { isWaiting: false, isElsewhere: false }

const kinds = (event: (typeof sessionEvents)[number], given: SessionMessageFacts) =>
  decideSessionMessages(event, given).map(({ kind, audience }) => `${kind}/${audience}`)

describe('decideSessionMessages', () => {
  const every = sessionEvents.flatMap((event) => sessionStateNames.map((status) => [event, status] as const))

  it.each(every)('%s of a session that is %s by now: only what can be written and is so', (event, status) => {
    const refund = {
      id: 'r',
      amount: 1_000,
      currency: 'GBP',
      reason: 'Goodwill',
      failureReason: null,
      ...byStripe,
      isWaiting: true,
    }
    const move = { previous: { startsAt: startsAt - hour, endsAt: startsAt }, sequence: 1 }
    for (const message of decideSessionMessages(event, facts({ status }, { refund, move, from: 'scheduled' }))) {
      const { audiences, onlyWhile } = messageKindRow(message.kind)
      expect(audiences).toContain(message.audience)
      expect(() => parseMessageParts(message.kind, message.data)).not.toThrow()
      if (onlyWhile && 'session' in onlyWhile) expect(onlyWhile.session).toContain(status)
    }
  })

  it.each(sessionStateNames.filter((status) => status !== 'scheduled' && status !== 'in_progress'))(
    'confirms no session that is %s by now',
    (status) => {
      for (const event of ['scheduled', 'rescheduled'] as const) {
        const move = { previous: { startsAt: startsAt - hour, endsAt: startsAt }, sequence: 1 }
        expect(kinds(event, facts({ status, paymentStatus: 'pending' }, { move }))).toEqual([])
      }
    },
  )

  it('sends the receipt, once, also of what was returned before anybody came to say so', () => {
    const told: Told[] = [
      {
        kind: 'payment_received',
        audience: 'customer',
        state: 'queued',
        sequence: 1,
        startsAt,
        endsAt: startsAt + hour,
      },
    ]
    const status = 'cancelled_by_user'
    for (const paymentStatus of ['succeeded', 'partially_refunded', 'refunded'] as const) {
      expect(kinds('scheduled', facts({ status, paymentStatus }))).toEqual(['payment_received/customer'])
      expect(kinds('scheduled', facts({ status, paymentStatus }, { told }))).toEqual([])
    }
    for (const paymentStatus of ['pending', 'authorized', 'failed', 'chargeback'] as const) {
      expect(kinds('scheduled', facts({ status, paymentStatus }))).toEqual([])
    }
  })

  const closed: [SessionState, SessionState, string[]][] = [
    ['cancelled_by_user', 'scheduled', ['booking_cancelled/customer', 'booking_cancelled/consultant']],
    ['cancelled_by_user', 'pending_payment', ['booking_cancelled/customer']],
    ['declined', 'pending_confirmation', ['booking_declined/customer']],
    ['expired', 'pending_payment', ['booking_expired/customer']],
    ['expired', 'scheduled', ['booking_cancelled/customer', 'booking_cancelled/consultant']],
    ['no_show_user', 'scheduled', ['no_show/customer', 'no_show/consultant']],
    ['refunded', 'completed', []],
    ['scheduled', 'expired', []],
  ]
  it.each(closed)('closed: %s after %s', (status, from, expected) => {
    expect(kinds('closed', facts({ status }, { from }))).toEqual(expected)
  })

  it('says why a booking expired', () => {
    const from = 'pending_confirmation'
    const told = toldTime('sent', startsAt, 0).map((message) => ({ ...message, kind: 'booking_awaiting_confirmation' }))
    const why = (given: SessionMessageFacts) =>
      decideSessionMessages('closed', given).map(({ data }) => ('waitedFor' in data ? data.waitedFor : undefined))
    const status = 'expired'
    const reason = 'the reservation on the card ran out'
    expect(why(facts({ status }, { from, told, reason }))).toEqual(['authorization', 'authorization'])
    expect(why(facts({ status }, { from, told, reason: 'not confirmed in time' }))).toEqual([
      'confirmation',
      'confirmation',
    ])
    expect(why(facts({ status }, { from, reason: 'not paid in time' }))).toEqual(['payment'])
    const [cancelled] = decideSessionMessages('closed', facts({ status }, { from: 'scheduled' }))
    expect(cancelled?.data).toMatchObject({ cancelledBy: 'payment', wasScheduled: true })
  })

  it('says what goes back: the refund, nothing, or that nothing was paid', () => {
    const refundIn = (given: SessionMessageFacts) =>
      decideSessionMessages('closed', given).map(({ data }) => ('refund' in data ? data.refund : undefined))[0]
    const status = 'cancelled_by_user'
    const refund = {
      id: 'r',
      amount: 6_000,
      currency: 'GBP',
      reason: 'before_deadline',
      failureReason: null,
      ...byStripe,
    }
    expect(refundIn(facts({ status }, { refund }))).toEqual({ amount: 6_000, currency: 'GBP' })
    expect(refundIn(facts({ status }))).toEqual({ amount: 0, currency: 'GBP' })
    expect(refundIn(facts({ status, paymentStatus: 'authorized' }))).toBeNull()
  })

  it('asks operations to return what was paid elsewhere, and speaks to the customer of no bank', () => {
    const refund = { id: 'r', amount: 6_000, currency: 'GBP', reason: 'before_deadline', failureReason: null }
    const elsewhere = { ...refund, isElsewhere: true, isWaiting: true }
    const [asked, ...others] = decideSessionMessages('refund-to-return', facts({}, { refund: elsewhere }))
    expect(others).toEqual([])
    expect(asked).toMatchObject({
      kind: 'refund_to_return',
      audience: 'operations',
      occasion: 'r',
      data: { refund: { amount: 6_000, currency: 'GBP' }, reason: null },
    })
    expect(kinds('refund-to-return', facts({}, { refund: { ...elsewhere, isWaiting: false } }))).toEqual([])
    const told = [
      decideSessionMessages('closed', facts({ status: 'cancelled_by_user' }, { refund: elsewhere }))[0],
      decideSessionMessages('refunded', facts({}, { refund: elsewhere }))[0],
    ]
    for (const message of told) expect(message?.data).toMatchObject({ refund: { isElsewhere: true } })
  })

  it.each([
    ['Thank you for your patience', 'Thank you for your patience'],
    ['Goodwill', 'Goodwill'],
    ['before_deadline', null],
  ])('tells the reason %j of a refund as %j', (reason, told) => {
    const refund = { id: 'r', amount: 6_000, currency: 'GBP', reason, failureReason: null, ...byStripe }
    expect(decideSessionMessages('refunded', facts({}, { refund }))[0]?.data).toMatchObject({ reason: told })
  })

  describe('moved', () => {
    const move = { previous: { startsAt: startsAt - 2 * hour, endsAt: startsAt - hour }, sequence: 1 }
    const previousOf = (told: Told[]) =>
      decideSessionMessages('rescheduled', facts({}, { move, told })).map(({ data }) =>
        'previous' in data ? data.previous.startsAt : undefined,
      )

    it.each([
      ['nobody was told anything', [], startsAt - 2 * hour],
      ['they know the time before', toldTime('sent', startsAt - 2 * hour, 0), startsAt - 2 * hour],
      ['they know one before that', toldTime('sent', startsAt - 5 * hour, 0), startsAt - 5 * hour],
      ['a mail never went out', toldTime('skipped', startsAt - 5 * hour, 0), startsAt - 2 * hour],
    ])('when %s: from the time that they know', (_case, told, previous) => {
      expect(previousOf(told)).toEqual([previous, previous])
    })

    it('when they know the present time, or are about to hear of it: nothing', () => {
      expect(previousOf(toldTime('sent', startsAt, 0))).toEqual([])
      expect(previousOf(toldTime('queued', startsAt, 1))).toEqual([])
    })

    it('and moved again since: nothing, the later move says it', () => {
      expect(kinds('rescheduled', facts({ sequence: 2 }, { move }))).toEqual([])
    })
  })
})
