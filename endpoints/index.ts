import { createHold } from './book/create-hold'
import { releaseHold } from './book/release-hold'
import { getConsultant } from './browse/get-consultant'
import { listConsultants } from './browse/list-consultants'
import { listServiceTypes } from './browse/list-service-types'
import { listSlots } from './browse/list-slots'
import { chooseCalendars, connectCalendarFeed, disconnectCalendar } from './calendar/change-connection'
import { connectGoogle } from './calendar/connect-google'
import {
  answerTimeProposal,
  decideDifference,
  decideDifferenceByLink,
  viewDifference,
  viewProposal,
} from './calendar/decide-difference'
import { getFeed } from './calendar/get-feed'
import { googleCallback } from './calendar/google-callback'
import { googleNotifications } from './calendar/google-notifications'
import { listConnections } from './calendar/list-connections'
import { rotateFeed } from './calendar/rotate-feed'
import { healthLive, healthReady } from './machines/health'
import { defineOpenapi } from './machines/openapi'
import { stripeWebhook } from './machines/stripe-webhook'
import { acceptDispute, answerWithEvidence } from './payments/dispute-actions'
import { cancelRefund, retryRefund, returnRefund } from './payments/change-refund'
import { getInvoice, getInvoiceByNumber } from './payments/get-invoice'
import { getPayment, readPaymentAgain } from './payments/get-payment'
import { getStatement } from './payments/get-statement'
import { getPayout, payoutActions } from './payments/payout-actions'
import { zoomWebhook } from './meetings/zoom-webhook'
import { previewRefund, refundPayment } from './payments/refund-payment'
import { replayEvent } from './payments/replay-event'
import { startReconciliation } from './payments/start-reconciliation'
import { connectDashboard, connectStatus } from './payments/connect-status'
import { refreshOnboarding, returnFromOnboarding } from './payments/onboarding-links'
import {
  chooseDefaultPaymentMethod,
  listPaymentMethods,
  removePaymentMethod,
  setUpPaymentMethod,
} from './payments/saved-cards'
import { startOnboarding } from './payments/start-onboarding'
import { acceptRequest } from './requests/accept-request'
import { assignRequest } from './requests/assign-request'
import { cancelRequest } from './requests/cancel-request'
import { createRequest } from './requests/create-request'
import { getRequest } from './requests/get-request'
import { proposeTimes } from './requests/propose-times'
import { rejectRequest } from './requests/reject-request'
import { cancelSession } from './sessions/cancel-session'
import { createSession } from './sessions/create-session'
import { getCancellation } from './sessions/get-cancellation'
import { getSession } from './sessions/get-session'
import { joinSession } from './sessions/join-session'
import { paySession, refreshPayment } from './sessions/pay-session'
import { rescheduleSession } from './sessions/reschedule-session'
import { reviewSession } from './sessions/review-session'
import { sessionCalendar } from './sessions/session-calendar'
import { staffActions } from './sessions/staff-actions'
import type { Operation } from './support/operation'

const described: readonly Operation[] = [
  listServiceTypes,
  listConsultants,
  getConsultant,
  listSlots,
  createHold,
  releaseHold,
  createSession,
  getSession,
  getCancellation,
  cancelSession,
  rescheduleSession,
  paySession,
  refreshPayment,
  joinSession,
  sessionCalendar,
  reviewSession,
  ...staffActions,
  createRequest,
  getRequest,
  cancelRequest,
  acceptRequest,
  assignRequest,
  proposeTimes,
  rejectRequest,
  getFeed,
  rotateFeed,
  connectGoogle,
  googleCallback,
  listConnections,
  connectCalendarFeed,
  chooseCalendars,
  disconnectCalendar,
  viewDifference,
  decideDifferenceByLink,
  decideDifference,
  viewProposal,
  answerTimeProposal,
  getStatement,
  getPayment,
  readPaymentAgain,
  previewRefund,
  refundPayment,
  retryRefund,
  cancelRefund,
  returnRefund,
  getInvoice,
  getInvoiceByNumber,
  replayEvent,
  startReconciliation,
  startOnboarding,
  refreshOnboarding,
  returnFromOnboarding,
  connectStatus,
  connectDashboard,
  listPaymentMethods,
  setUpPaymentMethod,
  removePaymentMethod,
  chooseDefaultPaymentMethod,
  getPayout,
  ...payoutActions,
  answerWithEvidence,
  acceptDispute,
  stripeWebhook,
  zoomWebhook,
  googleNotifications,
  healthLive,
  healthReady,
]

/** The route table: every operation of the public API, in the order of the documentation. */
export const operations: readonly Operation[] = [...described, defineOpenapi(described)]
