import type { CallLedger, LedgerEntry } from './call-ledger'
import type { ReleaseOrder } from './delivery-queue'
import type { WebhookSender } from './webhook-sender'

/** The part of a control that is about the calls of the API. */
export const callControl = <Fault>(world: { faults: { add: (fault: Fault) => void }; calls: CallLedger }) => ({
  /** The next call that fits goes wrong. */
  failNext: (fault: Fault): void => world.faults.add(fault),
  /** Every call since the start or since `forgetCalls`, the oldest first; for example of `events.insert`. */
  calls: (operation?: string): LedgerEntry[] => world.calls.entries(operation),
  forgetCalls: (): void => world.calls.clear(),
})

export type WebhookControl<Endpoint extends { url: string }> = ReturnType<typeof webhookControl<Endpoint>>

/** The part of a control that is about where events go. */
export const webhookControl = <Endpoint extends { url: string }>(
  sender: Pick<
    WebhookSender<never, Endpoint>,
    'hold' | 'release' | 'idle' | 'setEndpoint' | 'endpoint' | 'setSignatureAge'
  >,
) => ({
  /** Events wait from now on … */
  holdWebhooks: (): void => sender.hold(),
  /** … until they are let go, in this order. */
  releaseWebhooks: (order?: ReleaseOrder): void => sender.release(order),
  /** Resolves when no delivery is under way. */
  webhooksIdle: (): Promise<void> => sender.idle(),
  setWebhook: (endpoint: Endpoint | undefined): void => sender.setEndpoint(endpoint),
  webhook: (): Endpoint | undefined => sender.endpoint(),
  /** Makes signatures look so many seconds old. */
  setSignatureAge: (seconds: number): void => sender.setSignatureAge(seconds),
})
