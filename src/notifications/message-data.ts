import { z } from 'zod'
import { type HeldReason, heldReasonNames } from '#payments/payment-states'
import type { MessageKind } from './message-kinds'

/**
 * What a message speaks of, as it was when the message came to be. It is stored with the notification, so a mail that is
 * sent again says the same, and it holds no link and no token: those are derived when the mail is written.
 * Instants are epoch milliseconds.
 */

const money = z.object({ amount: z.int(), currency: z.string().length(3) })
const instant = z.number().int()

const session = z.object({
  id: z.string().min(1),
  reference: z.string().min(1),
  /** Goes up by one with every change of time, and on cancelling. */
  sequence: z.int().min(0),
  startsAt: instant,
  endsAt: instant,
  serviceName: z.string(),
  consultantName: z.string(),
  customerName: z.string(),
  /** null or 0: free. */
  price: money.nullable(),
  /** What else its reader is told of it, under words of operations; how values are written depends on the reader. */
  details: z
    .array(
      z.object({
        label: z.string(),
        value: z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]),
        /** The value is a day: 2030-01-31. */
        isDate: z.boolean(),
      }),
    )
    .optional(),
})

const request = z.object({
  id: z.string().min(1),
  reference: z.string().min(1),
  serviceName: z.string(),
  customerName: z.string(),
  consultantName: z.string().nullable(),
  /** What the customer wants help with, in the customer's words. */
  problem: z.string(),
  proposedTimes: z.array(instant),
  /** Until when somebody has to answer. */
  expiresAt: instant.nullable(),
})

const payoutAccount = z.object({ id: z.string().min(1), consultantName: z.string() })
/** Where the calendar has a session that somebody moved there, or what else stands at its time; null: it is gone. */
const difference = z.object({ id: z.string().min(1), startsAt: instant.nullable(), endsAt: instant.nullable() })
const calendar = z.object({ provider: z.string(), account: z.string() })

const reason = z.string().nullable()
/** What goes back to the customer; null where nothing was paid. */
const returned = money.extend({
  /** It was not paid with Stripe, and is returned where it was paid. */
  isElsewhere: z.boolean().optional(),
})
const refund = returned.nullable()
/** The bank's procedure over a payment. */
const dispute = z.object({ id: z.string().min(1), reference: z.string().min(1), disputed: money })
const actingSide = z.enum(['customer', 'consultant', 'operations'])

/** One schema per kind: the notification's row is checked with it when it comes back from the database. */
export const messageDataSchemas = {
  booking_confirmation: z.object({ session }),
  booking_pending_payment: z.object({ session, deadline: instant }),
  booking_awaiting_confirmation: z.object({ session, deadline: instant.nullable() }),
  booking_declined: z.object({ session, reason, refund }),
  booking_expired: z.object({ session, waitedFor: z.enum(['payment', 'confirmation', 'authorization']) }),
  booking_cancelled: z.object({
    session,
    /** `payment`: nobody did; the card could not be charged. */
    cancelledBy: z.enum([...actingSide.options, 'payment']),
    /** false: it was given up before it was paid or confirmed, so nobody has it in a calendar. */
    wasScheduled: z.boolean(),
    reason,
    refund,
  }),
  booking_rescheduled: z.object({
    session,
    previous: z.object({ startsAt: instant, endsAt: instant }),
    movedBy: actingSide,
    reason,
  }),
  booking_reminder: z.object({ session, offset: z.enum(['day', 'hour']) }),
  session_started: z.object({ session }),
  session_completed: z.object({ session }),
  no_show: z.object({ session, missing: z.enum(['customer', 'consultant']), refund }),
  recording_ready: z.object({ session, availableUntil: instant.nullable() }),
  payment_received: z.object({
    session,
    payment: z.object({
      reference: z.string(),
      paid: money,
      invoiceNumber: z.string().nullable(),
      /** Stripe's own receipt. */
      receiptUrl: z.string().nullable(),
    }),
  }),
  payment_failed: z.object({ session, deadline: instant.nullable() }),
  late_payment_refunded: z.object({ session, refund: money }),
  refund_processed: z.object({ session, refund: returned, reason }),
  refund_failed: z.object({ session, refund: money, reason }),
  refund_to_return: z.object({ session, refund: money, reason }),
  payout_made: z.object({ session, payout: money }),
  payout_set_off: z.object({ session, payout: money }),
  payout_held: z.object({ session, payout: money, heldReason: z.enum(heldReasonNames), reason }),
  debt_recorded: z.object({ session, debt: money }),
  dispute_opened: z.object({ session, dispute, deadline: instant.nullable() }),
  dispute_decided: z.object({ session, dispute, outcome: z.enum(['won', 'lost', 'closed']) }),
  request_received: z.object({ request }),
  availability_request: z.object({ request }),
  request_assigned: z.object({ request }),
  request_proposed: z.object({ request }),
  request_rejected: z.object({ request, reason }),
  request_expired: z.object({ request }),
  request_cancelled: z.object({ request, reason }),
  message_received: z.object({ session, message: z.object({ senderName: z.string(), text: z.string() }) }),
  review_received: z.object({
    session,
    review: z.object({ rating: z.int().min(1).max(5), text: z.string().nullable() }),
  }),
  books_differ: z.object({ findings: z.int().positive() }),
  /** `isPayable`: payouts still arrive, until the deadline. */
  payout_account_needs_details: z.object({
    payoutAccount: payoutAccount.extend({ isPayable: z.boolean() }),
    deadline: instant.nullable(),
  }),
  payout_account_ready: z.object({ payoutAccount }),
  calendar_needs_reauth: z.object({ calendar }),
  calendar_stale: z.object({ calendar }),
  calendar_moved: z.object({ session, difference }),
  calendar_deleted: z.object({ session, difference }),
  calendar_conflict: z.object({ session, difference }),
  time_proposed: z.object({ session, difference }),
  proposal_declined: z.object({ session, difference }),
  account_verify: z.object({}),
  password_reset: z.object({ validMinutes: z.int().positive() }),
} as const satisfies Record<MessageKind, z.ZodObject>

export type MessageData<K extends MessageKind = MessageKind> = z.infer<(typeof messageDataSchemas)[K]>

export type SessionSnapshot = z.infer<typeof session>
export type RequestSnapshot = z.infer<typeof request>

/** Every part that a message's data can have, for code that treats all kinds alike. */
export type MessageParts = Partial<{
  session: SessionSnapshot
  request: RequestSnapshot
  deadline: number | null
  reason: string | null
  refund: { amount: number; currency: string; isElsewhere?: boolean | undefined } | null
  waitedFor: 'payment' | 'confirmation' | 'authorization'
  cancelledBy: 'customer' | 'consultant' | 'operations' | 'payment'
  wasScheduled: boolean
  movedBy: 'customer' | 'consultant' | 'operations'
  missing: 'customer' | 'consultant'
  previous: { startsAt: number; endsAt: number }
  offset: 'day' | 'hour'
  availableUntil: number | null
  payment: {
    reference: string
    paid: { amount: number; currency: string }
    invoiceNumber: string | null
    receiptUrl: string | null
  }
  payout: { amount: number; currency: string }
  heldReason: HeldReason
  debt: { amount: number; currency: string }
  dispute: { id: string; reference: string; disputed: { amount: number; currency: string } }
  outcome: 'won' | 'lost' | 'closed'
  message: { senderName: string; text: string }
  review: { rating: number; text: string | null }
  findings: number
  calendar: { provider: string; account: string }
  payoutAccount: { id: string; consultantName: string; isPayable?: boolean | undefined }
  difference: { id: string; startsAt: number | null; endsAt: number | null }
  validMinutes: number
}>

/**
 * Checks stored data against the kind's schema.
 * @throws ZodError when a row was written by hand or by another version.
 */
export const parseMessageParts = (kind: MessageKind, data: unknown): MessageParts =>
  messageDataSchemas[kind].parse(data)
