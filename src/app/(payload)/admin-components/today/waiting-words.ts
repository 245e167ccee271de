import type { WaitingKind } from '#desk/today/waiting-lists'
import type { UnbookableReason } from '#desk/today/decide-unbookable'
import type { PlainText } from '../words/admin-words'

/** What each list of records that wait is called. */
export const waitingTexts = {
  disputes: 'Disputes to answer',
  claims: 'No-show claims to decide',
  requests_to_assign: 'Requests without an expert',
  refunds_to_return: 'Refunds to return by hand',
  held_payouts: 'Payouts held back',
  findings: 'Differences from Stripe',
  reviews: 'Reviews to look at',
  sessions_to_close: 'Sessions that are over: held or missed?',
  sessions_to_confirm: 'Bookings to say yes or no to',
  requests_to_answer: 'Requests without times',
  differences: 'Differences from calendars',
  calendars: 'Calendars that are not read',
  unpaid_sessions: 'Sessions not paid yet',
  unconfirmed_mails: 'Bookings whose mail was not opened',
  proposed_times: 'Proposed times to choose from',
} as const satisfies Record<WaitingKind, PlainText>

/** Why somebody cannot be booked. */
export const unbookableTexts = {
  draft: 'not published',
  hidden: 'not public',
  switched_off: 'takes no bookings',
  no_service: 'offers no active service',
  no_free_time: 'no free time in the next 60 days',
} as const satisfies Record<UnbookableReason, PlainText>
