import type { ActorRole } from '#shared/actor'
import { ledgerKinds } from './ledger/ledger-kinds'
import type {
  DisputeRecord,
  LedgerRecord,
  StripeEventRecord,
  PaymentFacts,
  PaymentRecords,
  RefundRecord,
  SessionStep,
  TransferRecord,
} from './payment-record-queries'
import { disputeStates, refundStates, transferKinds, transferStates } from './payment-states'

export type TimelineSource = 'payment' | 'session' | 'refund' | 'payout' | 'dispute' | 'ledger' | 'event'

/** One thing that happened to a payment. Instants in epoch milliseconds, amounts in minor units. */
export type TimelineItem = {
  at: number
  source: TimelineSource
  title: string
  /** A state from the table of its source, to be coloured by. */
  state: string | null
  detail: string | null
  amount: { amount: number; currency: string } | null
  by: { role: ActorRole; name: string | null } | null
  /** The object at Stripe. */
  objectId: string | null
  /** The record of ours. */
  record: { collection: 'refunds' | 'transfers' | 'disputes' | 'stripe-events'; id: string } | null
  /** What was booked, for an item of the ledger. */
  movements: { label: string; amount: number; currency: string }[]
}

/** Whose view of a payment it is; whoever is none of these sees nothing of it. */
export type PaymentViewer = 'staff' | 'consultant' | 'customer'

const item = (fields: Pick<TimelineItem, 'at' | 'source' | 'title'> & Partial<TimelineItem>): TimelineItem => ({
  state: null,
  detail: null,
  amount: null,
  by: null,
  objectId: null,
  record: null,
  movements: [],
  ...fields,
})

const askedBy = ({ byRole, byName }: { byRole: ActorRole | null; byName: string | null }): TimelineItem['by'] =>
  byRole === null ? null : { role: byRole, name: byName }

/** Who recorded what moved outside of Stripe, and where it can be looked up. */
const recordedElsewhere = (entry: LedgerRecord | undefined): Partial<TimelineItem> =>
  entry === undefined ? {} : { by: askedBy(entry), detail: entry.externalReference, objectId: null }

/** "Paid" out of nothing, at the moments that a payment keeps. */
const ofPayment = (payment: PaymentFacts, entries: readonly LedgerRecord[]): TimelineItem[] => {
  const { amount, currency } = payment
  const stamp = (at: number | null, title: string, state: string, rest: Partial<TimelineItem> = {}) =>
    at === null ? [] : [item({ at, source: 'payment', title, state, objectId: payment.paymentIntentId, ...rest })]
  const money = { amount: { amount, currency } }
  return [
    ...stamp(payment.initiatedAt, 'Payment asked for', 'pending', { ...money, objectId: null }),
    ...stamp(payment.authorizedAt, 'Card authorised', 'authorized', money),
    ...stamp(payment.succeededAt, payment.isPaidElsewhere ? 'Paid elsewhere' : 'Paid', 'succeeded', {
      ...money,
      ...recordedElsewhere(entries.find(({ kind }) => kind === 'charge_elsewhere')),
    }),
    ...stamp(payment.failedAt, 'Payment failed', 'failed', { detail: payment.failureMessage }),
  ]
}

const ofSession = (step: SessionStep, labelOfState: (state: string) => string): TimelineItem =>
  item({
    at: step.at,
    source: 'session',
    title: `Session: ${labelOfState(step.to)}${step.from === step.to ? ', moved' : ''}`,
    state: step.to,
    detail: step.reason,
    by: askedBy(step),
  })

const ofRefund = (refund: RefundRecord, currency: string, entries: readonly LedgerRecord[]): TimelineItem[] => {
  const elsewhere = entries.find(({ kind, refundId }) => kind === 'refund_elsewhere' && refundId === refund.id)
  const common = {
    source: 'refund' as const,
    amount: { amount: refund.amount, currency },
    objectId: refund.stripeRefundId,
    record: { collection: 'refunds' as const, id: refund.id },
  }
  const { refundedAt, status, updatedAt } = refund
  const asked = { at: refund.requestedAt, title: 'Refund asked for', state: 'requested', detail: refund.reason }
  const returned = { title: elsewhere ? 'Refund returned elsewhere' : 'Refund returned', state: 'succeeded' }
  const outcome = { at: updatedAt, title: `Refund: ${refundStates[status].label.en}`, state: status }
  return [
    item({ ...common, ...asked, by: askedBy(refund), objectId: null }),
    ...(refundedAt === null ? [] : [item({ ...common, at: refundedAt, ...returned, ...recordedElsewhere(elsewhere) })]),
    ...(status === 'failed' ? [item({ ...common, ...outcome, detail: refund.failureReason })] : []),
    ...(status === 'cancelled' ? [item({ ...common, ...outcome })] : []),
  ]
}

const ofTransfer = (transfer: TransferRecord, currency: string): TimelineItem => {
  const { kind, status, settledAt, requestedAt, updatedAt } = transfer
  const isInternal = kind === 'receivable' || kind === 'netting'
  const pending = isInternal || status === 'succeeded' ? '' : `: ${transferStates[status].label.en}`
  return item({
    at: settledAt ?? (status === 'failed' ? updatedAt : requestedAt),
    source: 'payout',
    title: `${transferKinds[kind].en}${pending}`,
    state: status,
    detail: transfer.failureReason ?? transfer.reason,
    amount: { amount: transfer.amount, currency },
    by: askedBy(transfer),
    objectId: isInternal ? null : transfer.stripeObjectId,
    record: { collection: 'transfers', id: transfer.id },
  })
}

const ofDispute = (dispute: DisputeRecord): TimelineItem[] => {
  const { openedAt, evidenceSubmittedAt, closedAt, status, currency } = dispute
  const common = {
    source: 'dispute' as const,
    objectId: dispute.stripeDisputeId,
    record: { collection: 'disputes' as const, id: dispute.id },
  }
  const opened = { at: openedAt, title: 'Disputed at the bank', state: 'needs_response' }
  return [
    item({ ...common, ...opened, detail: dispute.reason, amount: { amount: dispute.amount, currency } }),
    ...(evidenceSubmittedAt === null
      ? []
      : [item({ ...common, at: evidenceSubmittedAt, title: 'Evidence submitted', state: 'under_review' })]),
    ...(closedAt === null
      ? []
      : [item({ ...common, at: closedAt, title: `Dispute: ${disputeStates[status].label.en}`, state: status })]),
  ]
}

/** What was booked for one object at one moment is one thing that happened. */
const ofLedger = (entries: readonly LedgerRecord[]): TimelineItem[] =>
  [...Map.groupBy(entries, ({ objectId, occurredAt }) => `${objectId} ${occurredAt}`).values()].flatMap((same) => {
    const [first] = same
    if (!first) return []
    const movements = same.map(({ kind, amount, currency }) => ({
      label: ledgerKinds[kind].label.en,
      amount,
      currency,
    }))
    const { occurredAt: at, objectId } = first
    const isElsewhere = same.some(({ externalReference }) => externalReference !== null)
    return [item({ at, source: 'ledger', title: 'Booked', objectId: isElsewhere ? null : objectId, movements })]
  })

const ofEvent = (event: StripeEventRecord): TimelineItem =>
  item({
    at: event.receivedAt,
    source: 'event',
    title: `Stripe reported ${event.type}`,
    state: event.status,
    detail: event.error,
    objectId: event.eventId,
    record: { collection: 'stripe-events', id: event.id },
  })

const visibleTo: Readonly<Record<PaymentViewer, readonly TimelineSource[]>> = {
  staff: ['payment', 'session', 'refund', 'payout', 'dispute', 'ledger', 'event'],
  consultant: ['payment', 'session', 'refund', 'payout', 'dispute'],
  customer: ['payment', 'session', 'refund'],
}

/**
 * Names, what went wrong on the way, and what leads to Stripe, to records or to other books are for staff; what was said about a
 * session is for staff and its consultant.
 */
const withoutInternals = (entry: TimelineItem, viewer: PaymentViewer): TimelineItem => {
  const isOurFault = entry.source !== 'payment' && entry.state === 'failed'
  const isReference = (entry.source === 'payment' || entry.source === 'refund') && entry.state === 'succeeded'
  const isHosts = entry.source === 'session' && viewer === 'customer'
  return {
    ...entry,
    detail: isOurFault || isReference || isHosts ? null : entry.detail,
    by: entry.by && { role: entry.by.role, name: null },
    objectId: null,
    record: null,
  }
}

/**
 * What happened to a payment, oldest first, as far as `viewer` may know.
 * @param labelOfState what a state of the session is called.
 */
export const computePaymentTimeline = (
  records: PaymentRecords,
  { viewer, labelOfState }: { viewer: PaymentViewer; labelOfState: (state: string) => string },
): TimelineItem[] => {
  const { payment, refunds, transfers, disputes, entries, events, history } = records
  const { currency } = payment
  const all = [
    ...ofPayment(payment, entries),
    ...history.map((step) => ofSession(step, labelOfState)),
    ...refunds.flatMap((refund) => ofRefund(refund, currency, entries)),
    ...transfers.map((transfer) => ofTransfer(transfer, currency)),
    ...disputes.flatMap(ofDispute),
    ...ofLedger(entries),
    ...events.map(ofEvent),
  ]
  const shown = all.filter(({ source }) => visibleTo[viewer].includes(source)).toSorted((a, b) => a.at - b.at)
  return viewer === 'staff' ? shown : shown.map((entry) => withoutInternals(entry, viewer))
}
