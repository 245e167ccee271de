import { carryOutAnswer } from '../booking/answer-dispute'
import { expireRequest } from '../booking/expire-request'
import { closeRefundedSession } from '../booking/close-refunded-session'
import {
  completeEndedSession,
  expireUnauthorizedSession,
  expireUnconfirmedSession,
  expireUnpaidSession,
} from '../booking/expire-session'
import { settlePayment } from '../booking/settle-payment'
import { reconcile } from '../booking/reconciliation/reconcile'
import { processStripeEvent } from '../booking/stripe-events/process-stripe-event'
import { processMeetingEvent } from '../booking/process-meeting-event'
import { settleRoom } from '../booking/settle-room'
import { carryOutRefund } from '../payments/carry-out-refund'
import { tellStripeOfCustomer } from '../payments/ensure-stripe-customer'
import { tidySavedCards } from '../payments/sync-saved-cards'
import { syncPayoutAccount, syncStaleAccounts } from '../payments/sync-payout-account'
import { lookUpStripeFee } from '../payments/record-stripe-fee'
import { settlePayout } from '../payments/settle-payout'
import { expireHold } from '../booking/expire-hold'
import { publishAllSlots, publishSlots } from '../availability/publish-slots'
import { checkCalendarEvent } from '../calendar/check-calendar-event'
import { deliverCalendarEvent } from '../calendar/deliver-calendar-event'
import { endCalendarAccess } from '../calendar/end-calendar-access'
import { flagCalendarConflicts } from '../calendar/flag-calendar-conflicts'
import { readCalendarList } from '../calendar/read-calendar-list'
import { sweepCalendars } from '../calendar/sweep-calendars'
import { syncCalendar } from '../calendar/sync-calendar'
import { watchCalendar } from '../calendar/watch-calendar'
import { deliverAccountMail } from '../notifications/deliver-account-mail'
import { deliverMail } from '../notifications/deliver-mail'
import { deliverNotification } from '../notifications/deliver-notification'
import { followPayoutAccount } from '../notifications/follow-payout-account'
import { followPayout } from '../notifications/follow-payout'
import { followRequest } from '../notifications/follow-request'
import { followSession } from '../notifications/follow-session'
import { remindSession } from '../notifications/remind-session'
import { sweep } from './sweep'
import type { Task } from './task'
import type { TaskName } from './task-payloads'

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
