import { carryOutAnswer } from '#checkout/dispute/answer-dispute'
import { expireRequest } from '#requests/expire-request'
import { closeRefundedSession } from '#checkout/close-refunded-session'
import {
  completeEndedSession,
  expireUnauthorizedSession,
  expireUnconfirmedSession,
  expireUnpaidSession,
} from '#checkout/expire-session'
import { settlePayment } from '#checkout/settle-payment'
import { reconcile } from '#checkout/reconciliation/reconcile'
import { processStripeEvent } from '#checkout/stripe-events/process-stripe-event'
import { processMeetingEvent } from '#sessions/rooms/process-meeting-event'
import { settleRoom } from '#sessions/rooms/settle-room'
import { carryOutRefund } from '#payments/refund/carry-out-refund'
import { tellStripeOfCustomer } from '#payments/cards/ensure-stripe-customer'
import { tidySavedCards } from '#payments/cards/sync-saved-cards'
import { syncPayoutAccount, syncStaleAccounts } from '#payments/account/sync-payout-account'
import { lookUpStripeFee } from '#payments/charge/record-stripe-fee'
import { settlePayout } from '#payments/payout/settle-payout'
import { expireHold } from '#availability/holds/expire-hold'
import { publishAllSlots, publishSlots } from '#directory/published-slots/publish-slots'
import { checkCalendarEvent } from '#calendar/entries/check-calendar-event'
import { deliverCalendarEvent } from '#calendar/entries/deliver-calendar-event'
import { endCalendarAccess } from '#calendar/connections/end-calendar-access'
import { flagCalendarConflicts } from '#calendar/differences/flag-calendar-conflicts'
import { readCalendarList } from '#calendar/connections/read-calendar-list'
import { sweepCalendars } from '#calendar/connections/sweep-calendars'
import { syncCalendar } from '#calendar/busy/sync-calendar'
import { watchCalendar } from '#calendar/busy/watch-calendar'
import { deliverAccountMail } from '#notifications/account-mail/deliver-account-mail'
import { deliverMail } from '#notifications/channels/email/deliver-mail'
import { deliverNotification } from '#notifications/deliver/deliver-notification'
import { followPayoutAccount } from '#payments/account/follow-payout-account'
import { followPayout } from '#checkout/messages/follow-payout'
import { followRequest } from '#requests/messages/follow-request'
import { followSession } from '#sessions/messages/follow-session'
import { remindSession } from '#sessions/messages/remind-session'
import { sweep } from './sweep'
import type { Task } from '#outbox/task'
import type { TaskName } from '#outbox/task-payloads'

/** The work of the worker, by name. */
export const tasks: { readonly [Name in TaskName]: Task<Name> } = {
  'follow-session': followSession,
  'follow-request': followRequest,
  'follow-payout-account': followPayoutAccount,
  'remind-session': remindSession,
  'deliver-notification': (payload, { notificationId }) => deliverNotification(payload, notificationId),
  'deliver-account-mail': deliverAccountMail,
  'deliver-mail': deliverMail,
  'process-stripe-event': (payload, { stripeEventId }) => processStripeEvent(payload, stripeEventId),
  'expire-payment': (payload, { sessionId }) => expireUnpaidSession(payload, sessionId),
  'expire-confirmation': (payload, { sessionId }) => expireUnconfirmedSession(payload, sessionId),
  'expire-request': (payload, { requestId }) => expireRequest(payload, requestId),
  'complete-session': (payload, { sessionId }) => completeEndedSession(payload, sessionId),
  'expire-authorization': (payload, { sessionId }) => expireUnauthorizedSession(payload, sessionId),
  'close-refunded-session': (payload, { sessionId }) => closeRefundedSession(payload, sessionId),
  'settle-payment': (payload, { paymentId }) => settlePayment(payload, paymentId),
  'settle-payout': settlePayout,
  'look-up-stripe-fee': (payload, { paymentId }) => lookUpStripeFee(payload, paymentId),
  'answer-dispute': (payload, { disputeId }) => carryOutAnswer(payload, disputeId),
  'follow-payout': followPayout,
  'run-refund': (payload, { refundId }) => carryOutRefund(payload, refundId),
  'settle-room': (payload, { sessionId }) => settleRoom(payload, sessionId),
  'process-meeting-event': (payload, { meetingEventId }) => processMeetingEvent(payload, meetingEventId),
  'sync-payout-account': (payload, { payoutAccountId }) => syncPayoutAccount(payload, payoutAccountId),
  'tell-stripe-of-customer': (payload, { customerId }) => tellStripeOfCustomer(payload, customerId),
  'tidy-saved-cards': (payload, { customerId }) => tidySavedCards(payload, customerId),
  'sync-stale-payout-accounts': (payload) => syncStaleAccounts(payload),
  'release-hold': (payload, { slotId }) => expireHold(payload, slotId),
  'publish-slots': (payload, { consultantId }) => publishSlots(payload, consultantId),
  'publish-all-slots': (payload) => publishAllSlots(payload),
  reconcile: (payload, { runId }) => reconcile(payload, runId),
  'read-calendar-list': (payload, { connectionId }) => readCalendarList(payload, connectionId),
  'sync-calendar': syncCalendar,
  'watch-calendar': (payload, { calendarId }) => watchCalendar(payload, calendarId),
  'deliver-calendar-event': (payload, { calendarEventId }) => deliverCalendarEvent(payload, calendarEventId),
  'check-calendar-event': (payload, { calendarEventId }) => checkCalendarEvent(payload, calendarEventId),
  'flag-calendar-conflicts': (payload, { consultantId }) => flagCalendarConflicts(payload, consultantId),
  'end-calendar-access': (payload, { connectionId }) => endCalendarAccess(payload, connectionId),
  'sweep-calendars': (payload) => sweepCalendars(payload),
  sweep,
}
