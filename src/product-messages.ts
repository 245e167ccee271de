import { calendarMessageKinds } from '#calendar/calendar-message-kinds'
import { payoutMessageKinds } from '#checkout/messages/payout-message-kinds'
import { accountMessageKinds } from '#notifications/account-mail/account-message-kinds'
import { declareMessageKinds } from '#notifications/message-kinds'
import { requestMessageKinds } from '#requests/messages/request-message-kinds'
import { reviewMessageKinds } from '#reviews/review-message-kinds'
import { noShowMessageKinds } from '#sessions/no-show/no-show-message-kinds'
import { sessionMessageKinds } from '#sessions/messages/session-message-kinds'
import { sessionPaymentMessageKinds } from '#sessions/messages/session-payment-message-kinds'

/** What the product has to say, by feature. Pure: tests of words need nothing but this. */
export const declareProductMessages = (): void =>
  declareMessageKinds({
    ...sessionMessageKinds,
    ...sessionPaymentMessageKinds,
    ...noShowMessageKinds,
    ...payoutMessageKinds,
    ...requestMessageKinds,
    ...reviewMessageKinds,
    ...calendarMessageKinds,
    ...accountMessageKinds,
  })
