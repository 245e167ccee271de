import { type Balance, platform } from './balances'
import { completeAccount, disconnectAccount, rejectAccount, restrictAccount } from './connect/onboard-account'
import { callControl, webhookControl } from '../shared/common-control'
import type { RefundBehaviour, WebhookFault } from './faults'
import { attemptPayment, type CardInput, type PaymentInput, type PaymentResult } from './payments/attempt-payment'
import { attemptSetup } from './payments/attempt-setup'
import { closeInquiry, loseDispute, winDispute } from './payments/close-dispute'
import type { Payer } from './payments/complete-checkout'
import { closeCheckout } from './payments/expire-checkout'
import { makeRefund } from './payments/make-refund'
import { type DisputeOptions, escalateInquiry, openDispute } from './payments/open-dispute'
import { payOut } from './payments/pay-out'
import { renewCard } from './payments/saved-methods'
import { unschedule } from './payments/schedule-later'
import { settleDebit } from './payments/settle-debit'
import { failRefund, settleRefund } from './payments/settle-refund'
import type { AccountFile, Delivery } from './sandbox-state'
import { runScheduled } from './schedule'
import type {
  StoredCharge,
  StoredDispute,
  StoredEvent,
  StoredPayout,
  StoredRefund,
  StoredTables,
} from './stored-objects'
import type { WebhookSender } from './webhook-sender'
import { find, mustFind, nowOf, resetWorld, secondsOf, type World } from './world'

/** The pieces of a running sandbox. */
export type Running = { world: World; sender: WebhookSender; writeLater: () => Promise<void> }

type Who = { email?: string | undefined; name?: string | undefined }

export type PayOptions = Who &
  (
    | { method?: 'card' | undefined; number?: string | undefined; save?: boolean | undefined }
    | { method: 'saved_card'; paymentMethod: string }
    | { method: 'bank_debit' }
  )

export type AccountRejection = NonNullable<AccountFile['rejected']>

export type StripeSandboxControl = ReturnType<typeof createControl>

const payerOf = ({ email, name }: Who): Payer => ({
  email: email ?? 'customer@parley.example',
  name: name ?? 'Test Customer',
})

const cardOf = (number: string | undefined, year: number): CardInput => ({
  method: 'card',
  number: number ?? '4242424242424242',
  expMonth: 12,
  expYear: year + 4,
})

const toInput = (options: PayOptions, year: number): PaymentInput => {
  const payer = payerOf(options)
  if (options.method === 'bank_debit') return { ...payer, method: 'bank_debit' }
  if (options.method === 'saved_card') {
    return { ...payer, method: 'saved_card', paymentMethod: options.paymentMethod }
  }
  return { ...payer, ...cardOf(options.number, year), save: options.save }
}

/** The charge with that id, or the latest one of that payment intent. @throws Refusal */
const chargeOf = (world: World, id: string): StoredCharge =>
  find(world, 'charges', id) ?? mustFind(world, 'charges', mustFind(world, 'payment_intents', id).latest_charge ?? '')

/**
 * The knobs of the sandbox for tests and for its own pages: what the outside world does (people, banks, time) and what goes
 * wrong. Those that name an object throw a `Refusal` when there is none.
 */
export const createControl = ({ world, sender, writeLater }: Running) => {
  /** Carries out one change, and has it written down where there is a file. */
  const change = <T>(what: () => T): T => {
    runScheduled(world)
    const result = what()
    void writeLater()
    return result
  }

  return {
    ...callControl({ faults: { add: world.faults.addApiFault }, calls: world.calls }),
    ...webhookControl(sender),
    /** Everything the sandbox holds, live: read it, do not write to it. */
    tables: (): StoredTables => world.state.tables,
    /** Epoch ms by the sandbox's clock. */
    now: (): number => nowOf(world),
    /**
     * Forgets everything: objects, keys, events that wait, faults; the clock is the real one again. Where events go stays.
     */
    reset: (): void => {
      sender.clear()
      sender.clearFaults()
      resetWorld(world)
      void writeLater()
    },
    /** Lets time pass; what is due by then happens now. */
    advanceClock: (ms: number): void => {
      world.state.clockOffset += ms
      runScheduled(world)
      void writeLater()
    },

    /** A person pays on the hosted page. */
    payCheckout: (checkoutSessionId: string, options: PayOptions = {}): PaymentResult =>
      change(() =>
        attemptPayment(
          world,
          mustFind(world, 'checkout_sessions', checkoutSessionId),
          toInput(options, new Date(nowOf(world)).getUTCFullYear()),
        ),
      ),
    /** A person saves a card on the hosted page of a checkout in setup mode. */
    saveCard: (checkoutSessionId: string, options: Who & { number?: string | undefined } = {}): PaymentResult =>
      change(() =>
        attemptSetup(world, mustFind(world, 'checkout_sessions', checkoutSessionId), {
          ...payerOf(options),
          ...cardOf(options.number, new Date(nowOf(world)).getUTCFullYear()),
        }),
      ),
    /** The bank sends a new card for a saved one, and Stripe hears of it. */
    renewCard: (
      paymentMethodId: string,
      card: { expMonth: number; expYear: number; last4?: string | undefined },
    ): void => change(() => renewCard(world, mustFind(world, 'payment_methods', paymentMethodId), card)),
    /** The time of an open checkout runs out at once. */
    expireCheckout: (checkoutSessionId: string): void =>
      change(() => {
        const session = mustFind(world, 'checkout_sessions', checkoutSessionId)
        unschedule(world, 'expire_checkout', checkoutSessionId)
        if (session.status === 'open') closeCheckout(world, session)
      }),
    /** A bank debit that is under way arrives or fails. */
    settleDebit: (paymentIntentId: string, how: 'succeeded' | 'failed'): void =>
      change(() => {
        mustFind(world, 'payment_intents', paymentIntentId)
        settleDebit(world, paymentIntentId, how)
      }),

    /** Somebody refunds in Stripe's dashboard; all that is left unless an amount is given. */
    refundFromDashboard: (paymentIntentId: string, amount?: number): StoredRefund =>
      change(() => {
        const charge = chargeOf(world, paymentIntentId)
        const left = charge.amount - charge.amount_refunded
        return makeRefund(world, { charge, amount: amount ?? left, reason: null, metadata: {} })
      }),
    settleRefund: (refundId: string): void =>
      change(() => settleRefund(world, mustFind(world, 'refunds', refundId).id)),
    /** A refund fails, also one that had succeeded. */
    failRefund: (refundId: string, reason = 'expired_or_canceled_card'): void =>
      change(() => failRefund(world, mustFind(world, 'refunds', refundId).id, reason)),
    /** What becomes of the next refund. */
    nextRefund: (behaviour: RefundBehaviour): void => world.faults.addRefundBehaviour(behaviour),
    /** A customer complains at the bank about a payment, given by the id of its intent or charge. */
    disputePayment: (id: string, options: DisputeOptions = {}): StoredDispute =>
      change(() => openDispute(world, chargeOf(world, id), options)),
    /** The bank decides for the platform: the money comes back. */
    winDispute: (disputeId: string): void => change(() => winDispute(world, mustFind(world, 'disputes', disputeId))),
    loseDispute: (disputeId: string): void => change(() => loseDispute(world, mustFind(world, 'disputes', disputeId))),
    /** An inquiry becomes a dispute: only now is money taken. */
    escalateInquiry: (disputeId: string): void =>
      change(() => escalateInquiry(world, mustFind(world, 'disputes', disputeId))),
    /** An inquiry comes to nothing. */
    closeInquiry: (disputeId: string): void =>
      change(() => closeInquiry(world, mustFind(world, 'disputes', disputeId))),

    /** The next card is declined, whatever its number. */
    declineNext: (declineCode = 'generic_decline'): void => world.faults.addDecline(declineCode),

    /** The holder of a connected account enters everything, and Stripe believes it at once. */
    completeAccount: (accountId: string): void =>
      change(() => completeAccount(world, mustFind(world, 'accounts', accountId))),
    /** Stripe asks for more: the account is restricted at once, or from `deadline` (epoch ms) on. */
    restrictAccount: (accountId: string, options: { fields?: string[]; deadline?: number } = {}): void =>
      change(() =>
        restrictAccount(world, mustFind(world, 'accounts', accountId), {
          fields: options.fields ?? ['individual.verification.document'],
          deadline: options.deadline === undefined ? undefined : Math.ceil(options.deadline / 1000),
        }),
      ),
    /** Stripe closes a connected account for good. */
    rejectAccount: (accountId: string, reason: AccountRejection = 'rejected.fraud'): void =>
      change(() => rejectAccount(world, mustFind(world, 'accounts', accountId), reason)),
    /** The holder takes the account away from the platform. */
    disconnectAccount: (accountId: string): void =>
      change(() => disconnectAccount(world, mustFind(world, 'accounts', accountId))),
    /** Everything that is available in a connected account goes to its holder's bank: nothing is left to reverse. */
    payOutAccount: (accountId: string): StoredPayout[] =>
      change(() => payOut(world, mustFind(world, 'accounts', accountId).id)),
    /** Everything that is available goes to the platform's own bank. */
    payOutPlatform: (): StoredPayout[] => change(() => payOut(world, platform)),
    /** What a connected account holds, by currency; the platform without an id. */
    balances: (accountId: string = platform): Balance[] => {
      return world.balances.read(accountId, secondsOf(world))
    },

    /** The next event that fits is dropped, doubled or late. */
    nextWebhook: ({ eventType, ...fault }: WebhookFault): void => sender.addFault({ ...fault, topic: eventType }),
    clearFaults: (): void => {
      world.faults.clear()
      sender.clearFaults()
    },

    /** @returns false when there is no such event, or no endpoint. */
    resendEvent: (eventId: string): boolean => {
      const event = find(world, 'events', eventId)
      if (!event || !sender.endpoint()) return false
      sender.sendAgain(event)
      return true
    },

    /** What happened, the oldest first. */
    events: (type?: string): StoredEvent[] =>
      Object.values(world.state.tables.events).filter((event) => !type || event.type === type),
    deliveries: (eventId?: string): Delivery[] =>
      world.state.deliveries.filter((delivery) => !eventId || delivery.eventId === eventId),
  }
}
