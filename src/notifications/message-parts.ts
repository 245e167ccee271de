import { z } from 'zod'
import { heldReasonNames } from '#payments/payment-states'

/**
 * What messages speak of, as it was when the message came to be. It is stored with the notification, so a mail that is
 * sent again says the same, and it holds no link and no token: those are derived when the mail is written.
 * Instants are epoch milliseconds.
 */

export const messageMoney = z.object({ amount: z.int(), currency: z.string().length(3) })
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
  price: messageMoney.nullable(),
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

const actingSide = z.enum(['customer', 'consultant', 'operations'])

/** The parts that the words of every message know: they have placeholders, lines in the table of facts and sentences of their own. */
export const messageParts = {
  session,
  request,
  deadline: instant.nullable(),
  reason: z.string().nullable(),
  /** What goes back to the customer; null where nothing was paid. */
  refund: messageMoney
    .extend({
      /** It was not paid with Stripe, and is returned where it was paid. */
      isElsewhere: z.boolean().optional(),
    })
    .nullable(),
  waitedFor: z.enum(['payment', 'confirmation', 'authorization']),
  /** `payment`: nobody did; the card could not be charged. */
  cancelledBy: z.enum([...actingSide.options, 'payment']),
  /** false: it was given up before it was paid or confirmed, so nobody has it in a calendar. */
  wasScheduled: z.boolean(),
  movedBy: actingSide,
  missing: z.enum(['customer', 'consultant']),
  previous: z.object({ startsAt: instant, endsAt: instant }),
  offset: z.enum(['day', 'hour']),
  availableUntil: instant.nullable(),
  payment: z.object({
    reference: z.string(),
    paid: messageMoney,
    invoiceNumber: z.string().nullable(),
    /** Stripe's own receipt. */
    receiptUrl: z.string().nullable(),
  }),
  payout: messageMoney,
  heldReason: z.enum(heldReasonNames),
  debt: messageMoney,
  /** The bank's procedure over a payment. */
  dispute: z.object({ id: z.string().min(1), reference: z.string().min(1), disputed: messageMoney }),
  outcome: z.enum(['won', 'lost', 'closed']),
  message: z.object({ senderName: z.string(), text: z.string() }),
  review: z.object({ rating: z.int().min(1).max(5), text: z.string().nullable() }),
  findings: z.int().positive(),
  calendar: z.object({ provider: z.string(), account: z.string() }),
  /** `isPayable`: payouts still arrive, until the deadline. */
  payoutAccount: z.object({ id: z.string().min(1), consultantName: z.string(), isPayable: z.boolean().optional() }),
  /** Where the calendar has a session that somebody moved there, or what else stands at its time; null: it is gone. */
  difference: z.object({ id: z.string().min(1), startsAt: instant.nullable(), endsAt: instant.nullable() }),
  validMinutes: z.int().positive(),
}

export type MessagePartName = keyof typeof messageParts

export const isMessagePart = (name: string): name is MessagePartName => Object.hasOwn(messageParts, name)

export type SessionSnapshot = z.infer<typeof session>
export type RequestSnapshot = z.infer<typeof request>
