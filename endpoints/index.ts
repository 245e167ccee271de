import { createHold } from './book/create-hold'
import { releaseHold } from './book/release-hold'
import { listSlots } from './browse/list-slots'
import { defineOpenapi } from './machines/openapi'
import { stripeWebhook } from './machines/stripe-webhook'
import { cancelSession } from './sessions/cancel-session'
import { createSession } from './sessions/create-session'
import { getCancellation } from './sessions/get-cancellation'
import { getSession } from './sessions/get-session'
import { joinSession } from './sessions/join-session'
import { paySession, refreshPayment } from './sessions/pay-session'
import { rescheduleSession } from './sessions/reschedule-session'
import { staffActions } from './sessions/staff-actions'
import type { Operation } from './support/define-endpoint'

const described: readonly Operation[] = [
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
  ...staffActions,
  stripeWebhook,
]

/** The route table: every operation of the public API, in the order of the documentation. */
export const operations: readonly Operation[] = [...described, defineOpenapi(described)]
