import { takeFault } from '../shared/take-fault'

/**
 * What goes wrong with the next API call that fits:
 * - `rate_limit`: 429, nothing is done
 * - `server_error`: 500, nothing is done
 * - `server_error_after`: done, but answered with 500
 * - `disconnect`: the connection breaks before anything is done
 * - `lose`: done, but the connection breaks before the answer
 * - `hang`: done, but never answered
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

/** What goes wrong with the delivery of the next event that fits. */
export type WebhookFault = {
  kind: 'drop' | 'duplicate' | 'delay'
  /** Without it every event fits. */
  eventType?: string | undefined
  /** How many events, default 1. */
  times?: number | undefined
  /** How many further copies of a duplicated event, default 1. */
  copies?: number | undefined
  delayMs?: number | undefined
}

/** `fail_later`: seems to have worked, until the bank sends the money back a minute later. */
export const refundBehaviours = ['succeed', 'stay_pending', 'fail_at_once', 'fail_later'] as const

export type RefundBehaviour = (typeof refundBehaviours)[number]

export type Faults = ReturnType<typeof createFaults>

/** The knobs that tests and the demo turn; each is used up by what it applies to. */
export const createFaults = () => {
  const api: ApiFault[] = []
  const webhooks: WebhookFault[] = []
  const declines: string[] = []
  const refunds: RefundBehaviour[] = []
  return {
    addApiFault: (fault: ApiFault) => void api.push(fault),
    takeApiFault: (method: string, path: string) =>
      takeFault(api, (fault) => (!fault.method || fault.method === method) && path.startsWith(fault.path ?? '')),
    addWebhookFault: (fault: WebhookFault) => void webhooks.push(fault),
    takeWebhookFault: (eventType: string) =>
      takeFault(webhooks, (fault) => !fault.eventType || fault.eventType === eventType),
    /** The next card is declined with this code, whatever its number. */
    addDecline: (declineCode: string) => void declines.push(declineCode),
    takeDecline: () => declines.shift(),
    addRefundBehaviour: (behaviour: RefundBehaviour) => void refunds.push(behaviour),
    takeRefundBehaviour: () => refunds.shift(),
    clear: () => {
      for (const list of [api, webhooks, declines, refunds]) list.length = 0
    },
  }
}
