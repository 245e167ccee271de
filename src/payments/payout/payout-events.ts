import type { Errand } from '#outbox/task-payloads'
import type { AccountNews } from '../account/decide-account-news'

declare module '#outbox/task-payloads' {
  interface TaskPayloads {
    /** What follows for people when something happened to a payout; of which transfer or dispute. */
    'follow-payout': Errand<{ paymentId: string; event: PayoutEvent; recordId?: string }>
    /** What follows when a consultant's payout account changed: messages. `occasion` tells it from the changes before. */
    'follow-payout-account': Errand<{ payoutAccountId: string; news: AccountNews; occasion: string }>
  }
}

/** `set-off`: a debt was kept back from a payout; `debt`: one was recorded. */
export type PayoutEvent = 'paid' | 'held' | 'set-off' | 'debt' | 'dispute-opened' | 'dispute-decided'
