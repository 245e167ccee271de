import type { MessageData } from '#notifications/message-data'
import type { MessageKind } from '#notifications/message-kinds'
import type { SessionSnapshot } from '#notifications/message-parts'

/** 1 December 2026, 09:00 to 09:30 UTC. */
export const sampleSession: SessionSnapshot = {
  id: '0199c0de-0000-7000-8000-000000000001',
  reference: 'PY-7KQ2M9XB',
  sequence: 1,
  startsAt: Date.UTC(2026, 11, 1, 9),
  endsAt: Date.UTC(2026, 11, 1, 9, 30),
  serviceName: 'Pricing review',
  consultantName: 'Ada Okafor',
  customerName: 'Jo Müller',
  price: { amount: 12000, currency: 'GBP' },
}

const request = {
  id: '0199c0de-0000-7000-8000-000000000002',
  reference: 'RQ-4HTT92MC',
  serviceName: 'Tax advice',
  customerName: 'Jo Müller',
  consultantName: 'Ada Okafor',
  problem: 'I sell courses in three countries and do not know where VAT is due.',
  proposedTimes: [Date.UTC(2026, 11, 2, 9), Date.UTC(2026, 11, 3, 15, 30)],
  expiresAt: Date.UTC(2026, 11, 4, 12),
}

const session = sampleSession
const refund = { amount: 6000, currency: 'GBP' }
const dispute = {
  id: '0199c0de-0000-7000-8000-000000000003',
  reference: 'DP-4HTT92MC',
  disputed: { amount: 12000, currency: 'GBP' },
}
const deadline = Date.UTC(2026, 10, 25, 12)

const difference = {
  id: '0199c0de-0000-7000-8000-000000000003',
  startsAt: Date.UTC(2026, 11, 1, 15),
  endsAt: Date.UTC(2026, 11, 1, 15, 30),
}

/** Data for every kind, all parts filled. */
export const messageSamples: { [K in MessageKind]: MessageData<K> } = {
  booking_confirmation: { session },
  booking_pending_payment: { session, deadline },
  booking_awaiting_confirmation: { session, deadline },
  booking_to_confirm: { session, deadline },
  booking_declined: { session, reason: 'I am travelling that day.', refund: null },
  booking_expired: { session, waitedFor: 'payment' },
  booking_cancelled: { session, cancelledBy: 'customer', wasScheduled: true, reason: 'I am ill.', refund },
  booking_rescheduled: {
    session,
    previous: { startsAt: Date.UTC(2026, 10, 30, 14), endsAt: Date.UTC(2026, 10, 30, 14, 30) },
    movedBy: 'consultant',
    reason: 'A train that does not go.',
  },
  booking_reminder: { session, offset: 'hour' },
  no_show_claim_received: { session, deadline },
  no_show_claim_to_answer: { session, reason: 'I waited for twenty minutes.', deadline },
  no_show_claim_raised: { session, reason: 'I waited for twenty minutes.', deadline },
  no_show_claim_overdue: { session, deadline },
  no_show_claim_granted: { session, reason: 'The recording shows it.' },
  no_show_claim_rejected: { session, reason: 'Both were in the room for half an hour.' },
  no_show_claim_withdrawn: { session },
  session_started: { session },
  session_completed: { session },
  no_show: { session, missing: 'consultant', refund: { amount: 12000, currency: 'GBP' } },
  recording_ready: { session, availableUntil: Date.UTC(2027, 0, 1) },
  payment_received: {
    session,
    payment: {
      reference: 'PM-9XB7KQ2M',
      paid: { amount: 12000, currency: 'GBP' },
      invoiceNumber: '2026-000001',
      receiptUrl: 'https://receipts.parley.example/r/1',
    },
  },
  payment_failed: { session, deadline },
  late_payment_refunded: { session, refund: { amount: 12000, currency: 'GBP' } },
  refund_processed: { session, refund, reason: 'Goodwill' },
  refund_failed: { session, refund, reason: 'expired_or_canceled_card' },
  refund_to_return: { session, refund, reason: null },
  payout_made: { session, payout: { amount: 10200, currency: 'GBP' } },
  payout_set_off: { session, payout: { amount: 5100, currency: 'GBP' } },
  payout_held: {
    session,
    payout: { amount: 10200, currency: 'GBP' },
    heldReason: 'account_restricted',
    reason: 'Your identity document is missing.',
  },
  debt_recorded: { session, debt: { amount: 5100, currency: 'GBP' } },
  dispute_opened: { session, dispute, deadline },
  dispute_decided: { session, dispute, outcome: 'lost' },
  request_received: { request },
  availability_request: { request },
  request_assigned: { request },
  request_proposed: { request },
  request_rejected: { request, reason: 'Nobody of us knows this law.' },
  request_expired: { request },
  request_cancelled: { request, reason: null },
  message_received: { session, message: { senderName: 'Ada Okafor', text: 'Please bring the figures.\nSee you!' } },
  review_received: { session, review: { rating: 4, text: 'Clear and kind.' } },
  books_differ: { findings: 3 },
  calendar_needs_reauth: { calendar: { provider: 'Google Calendar', account: 'ada@example.com' } },
  payout_account_needs_details: {
    payoutAccount: { id: '0199c0de-0000-7000-8000-000000000003', consultantName: 'Ada Okafor', isPayable: false },
    deadline,
  },
  payout_account_ready: {
    payoutAccount: { id: '0199c0de-0000-7000-8000-000000000003', consultantName: 'Ada Okafor' },
  },
  calendar_stale: { calendar: { provider: 'Google Calendar', account: 'ada@example.com' } },
  calendar_moved: { session, difference },
  calendar_deleted: { session, difference: { id: difference.id, startsAt: null, endsAt: null } },
  calendar_conflict: { session, difference },
  time_proposed: { session, difference },
  proposal_declined: { session, difference },
  account_verify: { validMinutes: 24 * 60 },
  account_known: { validMinutes: 60 },
  account_invite: { validMinutes: 7 * 24 * 60 },
  password_reset: { validMinutes: 60 },
  second_factor_added: {},
  second_factor_removed: {},
  second_factor_reset: {},
  recovery_codes_renewed: {},
  recovery_code_used: {},
  provider_connected: {},
  provider_disconnected: {},
  login_password_set: {},
  login_address_changed: {},
  login_record_given: {},
}

export const sampleLinks = {
  manage: 'https://parley.example/booking/PY-7KQ2M9XB#token=abc',
  join: 'https://parley.example/api/booking/sessions/PY-7KQ2M9XB/join?key=def',
  pay: 'https://parley.example/booking/PY-7KQ2M9XB#token=abc',
  review: 'https://parley.example/booking/PY-7KQ2M9XB#token=abc&view=review',
  invoice: 'https://parley.example/api/payments/PM-9XB7KQ2M/invoice.pdf?token=t',
  receipt: 'https://receipts.parley.example/r/1',
  decide: 'https://parley.example/api/calendar/differences/0199c0de?key=ghi',
  account: 'https://parley.example/account/confirm#token=xyz',
}
