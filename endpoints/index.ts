import { inviteUserEndpoint } from './accounts/invite-user'
import { choosePasswordEndpoint, confirmAccountEndpoint } from './accounts/open-link'
import { confirmAddressEndpoint } from './book/confirm-address'
import { confirmEmailEndpoint } from './sessions/confirm-email'
import { createHoldEndpoint } from './book/create-hold'
import { releaseHoldEndpoint } from './book/release-hold'
import { getConsultantEndpoint } from './browse/get-consultant'
import { listAttributesEndpoint } from './browse/list-attributes'
import { listConsultantsEndpoint } from './browse/list-consultants'
import { listServiceTypesEndpoint } from './browse/list-service-types'
import { listSlotsEndpoint } from './browse/list-slots'
import {
  chooseCalendarsEndpoint,
  connectCalendarFeedEndpoint,
  disconnectCalendarEndpoint,
} from './calendar/change-connection'
import { connectGoogleEndpoint } from './calendar/connect-google'
import {
  answerTimeProposalEndpoint,
  decideDifferenceEndpoint,
  decideDifferenceByLinkEndpoint,
  viewDifferenceEndpoint,
  viewProposalEndpoint,
} from './calendar/decide-difference'
import { getFeedEndpoint } from './calendar/get-feed'
import { googleCallbackEndpoint } from './calendar/google-callback'
import { googleNotificationsEndpoint } from './calendar/google-notifications'
import { listConnectionsEndpoint } from './calendar/list-connections'
import { rotateFeedEndpoint } from './calendar/rotate-feed'
import {
  endLoginSessionEndpoint,
  endOtherLoginSessionsEndpoint,
  listLoginSessionsEndpoint,
} from './account/login-sessions'
import {
  addPasskeyEndpoint,
  beginAuthenticatorEndpoint,
  beginPasskeyEndpoint,
  confirmAuthenticatorEndpoint,
  removeSecondFactorEndpoint,
  renewRecoveryCodesEndpoint,
} from './account/second-factor/factors'
import {
  askForPasskeyEndpoint,
  getSecondFactorEndpoint,
  giveUpLoginEndpoint,
  showSecondFactorEndpoint,
} from './account/second-factor/finish-login'
import { openidCallbackEndpoint } from './account/openid/openid-callback'
import { listLoginWaysEndpoint, removeLoginWayEndpoint } from './account/openid/login-ways'
import { connectOpenidEndpoint, listOpenidProvidersEndpoint, startOpenidEndpoint } from './account/openid/start-openid'
import { exportRecordsEndpoint } from './exports/export-records'
import { healthLiveEndpoint, healthReadyEndpoint } from './machines/health'
import { getMetricsEndpoint } from './machines/metrics'
import { getOpenapiEndpoint } from './machines/openapi'
import { stripeWebhookEndpoint } from './machines/stripe-webhook'
import { getHealthEndpoint } from './operations/get-health'
import { getStorageEndpoint } from './operations/get-storage'
import { listStuckWorkEndpoint } from './operations/list-stuck-work'
import { endAllLoginSessionsEndpoint, forgiveLoginsEndpoint, resetSecondFactorEndpoint } from './operations/mend-logins'
import { mendingEndpoints } from './operations/mend-stuck-work'
import { searchEverythingEndpoint } from './operations/search-everything'
import { acceptDisputeEndpoint, answerWithEvidenceEndpoint } from './payments/dispute-actions'
import { cancelRefundEndpoint, retryRefundEndpoint, returnRefundEndpoint } from './payments/change-refund'
import { getInvoiceEndpoint, getInvoiceByNumberEndpoint } from './payments/get-invoice'
import { getPaymentEndpoint, readPaymentAgainEndpoint } from './payments/get-payment'
import { getStatementEndpoint } from './payments/get-statement'
import { getPayoutEndpoint, payoutActions } from './payments/payout-actions'
import { zoomWebhookEndpoint } from './meetings/zoom-webhook'
import { previewRefundEndpoint, refundPaymentEndpoint } from './payments/refund-payment'
import { replayEventEndpoint } from './payments/replay-event'
import { startReconciliationEndpoint } from './payments/start-reconciliation'
import { connectDashboardEndpoint, connectStatusEndpoint } from './payments/connect-status'
import { refreshOnboardingEndpoint, returnFromOnboardingEndpoint } from './payments/onboarding-links'
import {
  chooseDefaultPaymentMethodEndpoint,
  listPaymentMethodsEndpoint,
  removePaymentMethodEndpoint,
  setUpPaymentMethodEndpoint,
} from './payments/saved-cards'
import { startOnboardingEndpoint } from './payments/start-onboarding'
import { acceptRequestEndpoint } from './requests/accept-request'
import { assignRequestEndpoint } from './requests/assign-request'
import { cancelRequestEndpoint } from './requests/cancel-request'
import { createRequestEndpoint } from './requests/create-request'
import { getRequestEndpoint } from './requests/get-request'
import { proposeTimesEndpoint } from './requests/propose-times'
import { rejectRequestEndpoint } from './requests/reject-request'
import { cancelSessionEndpoint } from './sessions/cancel-session'
import { createSessionEndpoint } from './sessions/create-session'
import { getCancellationEndpoint } from './sessions/get-cancellation'
import { getSessionEndpoint } from './sessions/get-session'
import { enterRoomEndpoint, joinSessionEndpoint } from './sessions/join-session'
import { paySessionEndpoint, refreshPaymentEndpoint } from './sessions/pay-session'
import { rescheduleSessionEndpoint } from './sessions/reschedule-session'
import { reviewSessionEndpoint } from './sessions/review-session'
import { sessionCalendarEndpoint } from './sessions/session-calendar'
import { answerClaimEndpoint, decideClaimEndpoint, withdrawClaimEndpoint } from './sessions/no-show-claim'
import { reportNoShowEndpoint } from './sessions/report-no-show'
import { staffActions } from './sessions/staff-actions'
import { serviceTypeNames } from './browse/schemas'
import type { Operation } from './support/operation'
import { sessionNames } from './support/schemas'

/** The route table: every operation of the public API, in the order of the documentation. */
export const operations: readonly Operation[] = [
  listServiceTypesEndpoint,
  listConsultantsEndpoint,
  getConsultantEndpoint,
  listSlotsEndpoint,
  listAttributesEndpoint,
  createHoldEndpoint,
  releaseHoldEndpoint,
  createSessionEndpoint,
  getSessionEndpoint,
  getCancellationEndpoint,
  cancelSessionEndpoint,
  rescheduleSessionEndpoint,
  paySessionEndpoint,
  refreshPaymentEndpoint,
  joinSessionEndpoint,
  enterRoomEndpoint,
  sessionCalendarEndpoint,
  reviewSessionEndpoint,
  ...staffActions,
  reportNoShowEndpoint,
  answerClaimEndpoint,
  withdrawClaimEndpoint,
  decideClaimEndpoint,
  confirmAddressEndpoint,
  confirmEmailEndpoint,
  createRequestEndpoint,
  getRequestEndpoint,
  cancelRequestEndpoint,
  acceptRequestEndpoint,
  assignRequestEndpoint,
  proposeTimesEndpoint,
  rejectRequestEndpoint,
  confirmAccountEndpoint,
  choosePasswordEndpoint,
  inviteUserEndpoint,
  listOpenidProvidersEndpoint,
  startOpenidEndpoint,
  connectOpenidEndpoint,
  openidCallbackEndpoint,
  listLoginWaysEndpoint,
  removeLoginWayEndpoint,
  getFeedEndpoint,
  rotateFeedEndpoint,
  connectGoogleEndpoint,
  googleCallbackEndpoint,
  listConnectionsEndpoint,
  connectCalendarFeedEndpoint,
  chooseCalendarsEndpoint,
  disconnectCalendarEndpoint,
  viewDifferenceEndpoint,
  decideDifferenceByLinkEndpoint,
  decideDifferenceEndpoint,
  viewProposalEndpoint,
  answerTimeProposalEndpoint,
  getStatementEndpoint,
  getPaymentEndpoint,
  readPaymentAgainEndpoint,
  previewRefundEndpoint,
  refundPaymentEndpoint,
  retryRefundEndpoint,
  cancelRefundEndpoint,
  returnRefundEndpoint,
  getInvoiceEndpoint,
  getInvoiceByNumberEndpoint,
  replayEventEndpoint,
  startReconciliationEndpoint,
  startOnboardingEndpoint,
  refreshOnboardingEndpoint,
  returnFromOnboardingEndpoint,
  connectStatusEndpoint,
  connectDashboardEndpoint,
  listPaymentMethodsEndpoint,
  setUpPaymentMethodEndpoint,
  removePaymentMethodEndpoint,
  chooseDefaultPaymentMethodEndpoint,
  listLoginSessionsEndpoint,
  endLoginSessionEndpoint,
  endOtherLoginSessionsEndpoint,
  getSecondFactorEndpoint,
  showSecondFactorEndpoint,
  askForPasskeyEndpoint,
  giveUpLoginEndpoint,
  beginAuthenticatorEndpoint,
  confirmAuthenticatorEndpoint,
  beginPasskeyEndpoint,
  addPasskeyEndpoint,
  removeSecondFactorEndpoint,
  renewRecoveryCodesEndpoint,
  getPayoutEndpoint,
  ...payoutActions,
  answerWithEvidenceEndpoint,
  acceptDisputeEndpoint,
  exportRecordsEndpoint,
  listStuckWorkEndpoint,
  searchEverythingEndpoint,
  ...mendingEndpoints,
  endAllLoginSessionsEndpoint,
  forgiveLoginsEndpoint,
  resetSecondFactorEndpoint,
  getHealthEndpoint,
  getStorageEndpoint,
  stripeWebhookEndpoint,
  zoomWebhookEndpoint,
  googleNotificationsEndpoint,
  healthLiveEndpoint,
  healthReadyEndpoint,
  getMetricsEndpoint,
  getOpenapiEndpoint,
]

/** What the booking API has names for already, so that no added field takes one. */
export const bookingNames = { 'scheduled-sessions': sessionNames, 'service-types': serviceTypeNames } as const
