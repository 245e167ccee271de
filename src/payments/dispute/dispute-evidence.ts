import type { CancellationPolicy } from '../refund/cancellation-policy'

/** An instant as ISO 8601, in UTC. */
type Instant = string

/**
 * What speaks for us when a customer contests a payment, as it was when it was collected: kept with the dispute, read by
 * operations, and written into the fields of the bank's form. Amounts in minor units.
 */
export type DisputeEvidence = {
  collectedAt: Instant
  /** Of operations, in their own words; null until they have written some. */
  statement: string | null
  customer: { name: string; email: string; since: Instant }
  payment: {
    reference: string
    amount: number
    currency: string
    paidAt: Instant | null
    method: string | null
    receiptUrl: string | null
    refunds: { amount: number; status: string; at: Instant; reason: string | null }[]
  }
  session: {
    reference: string
    service: string
    consultant: string
    bookedAt: Instant
    startsAt: Instant
    endsAt: Instant
    /** Of the customer, in which the times were shown. */
    timeZone: string
    status: string
    /** What the customer wanted help with, in their words. */
    problem: string | null
    cancellation: { by: string | null; at: Instant | null; reason: string | null } | null
  }
  /** As it was shown and agreed to when the session was booked; null where that is not known, as of one that was brought here from elsewhere. */
  policy: (CancellationPolicy & { acceptedAt: Instant }) | null
  /** Who was there and when, as far as it is known. */
  attendance: {
    startedAt: Instant | null
    endedAt: Instant | null
    minutes: number | null
    consultantJoinedAt: Instant | null
    consultantLeftAt: Instant | null
    customerJoinedAt: Instant | null
    customerLeftAt: Instant | null
    recordingConsentedAt: Instant | null
  }
  /** What was written to both sides, the oldest first; `sentAt` is null when no mail went out. */
  messages: { at: Instant; to: string; title: string; sentAt: Instant | null }[]
  /** How the booking came to where it is, the oldest first. */
  history: { at: Instant; from: string | null; to: string; by: string | null; reason: string | null }[]
  /** How often it was moved, from when to when. */
  moves: { at: Instant; from: Instant | null; to: Instant | null; by: string | null }[]
  /** What the customer said of the session afterwards. */
  review: { rating: number; text: string | null; at: Instant } | null
}
