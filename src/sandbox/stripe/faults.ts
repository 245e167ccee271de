import type { CallFault } from '../shared/call-faults'
import type { DeliveryFault } from '../shared/delivery-queue'
import { createFaultList } from '../shared/fault-list'

/**
 * What goes wrong with the next API call that fits:
 * - `rate_limit`: 429, nothing is done
 * - `server_error`: 500, nothing is done
 * - `server_error_after`: done, but answered with 500
 * - `disconnect`: the connection breaks before anything is done
 * - `lose`: done, but the connection breaks before the answer
 * - `hang`: done, but not answered until the faults are cleared, and its idempotency key is taken as long
 * - `delay`: done, and answered `delayMs` later
 */
export const apiFaultKinds = [
  'rate_limit',
  'server_error',
  'server_error_after',
  'disconnect',
  'lose',
  'hang',
  'delay',
] as const

export type ApiFault = {
  kind: (typeof apiFaultKinds)[number]
  method?: 'GET' | 'POST' | 'DELETE' | undefined
  /** How the path begins, for example `/v1/refunds`; without it every call fits. */
  path?: string | undefined
  /** How many calls, default 1. */
  times?: number | undefined
  delayMs?: number | undefined
}

/** The errors of the API itself. */
export type ApiErrorKind = 'rate_limit' | 'server_error'

const meanings: Record<ApiFault['kind'], CallFault<ApiErrorKind>> = {
  rate_limit: { kind: 'rate_limit' },
  server_error: { kind: 'server_error' },
  server_error_after: { kind: 'server_error', applied: true },
  disconnect: { kind: 'disconnect' },
  lose: { kind: 'disconnect', applied: true },
  hang: { kind: 'hang', applied: true },
  delay: { kind: 'delay', applied: true },
}

/** What goes wrong with the delivery of the next event that fits; without a type every one fits. */
export type WebhookFault = Omit<DeliveryFault, 'topic'> & { eventType?: string | undefined }

/** `fail_later`: seems to have worked, until the bank sends the money back a minute later. */
export const refundBehaviours = ['succeed', 'stay_pending', 'fail_at_once', 'fail_later'] as const

export type RefundBehaviour = (typeof refundBehaviours)[number]

export type Faults = ReturnType<typeof createFaults>

/** The knobs that tests and the demo turn; each is used up by what it applies to. */
export const createFaults = () => {
  const api = createFaultList<ApiFault>()
  const declines: string[] = []
  const refunds: RefundBehaviour[] = []
  let trouble = new AbortController()
  return {
    /** Aborted when the faults of now are over: then nothing hangs any more. */
    untilCleared: (): AbortSignal => trouble.signal,
    addApiFault: api.add,
    takeApiFault: (method: string, path: string): CallFault<ApiErrorKind> | undefined => {
      const fault = api.take((one) => (!one.method || one.method === method) && path.startsWith(one.path ?? ''))
      return fault && { ...meanings[fault.kind], delayMs: fault.delayMs }
    },
    /** The next card is declined with this code, whatever its number. */
    addDecline: (declineCode: string) => void declines.push(declineCode),
    takeDecline: () => declines.shift(),
    addRefundBehaviour: (behaviour: RefundBehaviour) => void refunds.push(behaviour),
    takeRefundBehaviour: () => refunds.shift(),
    clear: () => {
      api.clear()
      trouble.abort()
      trouble = new AbortController()
      for (const list of [declines, refunds]) list.length = 0
    },
  }
}
