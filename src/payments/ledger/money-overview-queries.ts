import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'
import { sqlStates } from '#database/state-lists'
import { readDb } from '#database/transactions'
import { sumOfMoves } from './ledger-balance-queries'
import type { LedgerKind } from './ledger-kinds'
import {
  countedRefunds,
  disputesForEvidence,
  type DisputeState,
  type HeldReason,
  openDisputes,
  outstandingPayouts,
  paymentsWithRest,
  type PayoutState,
} from '../payment-states'
import { payableAccounts } from '../account/payout-account-states'
import { epoch } from '#shared/time'

/** Sums of a day (a date in UTC), in minor units. */
export type DaySum = { day: string; currency: string; kind: LedgerKind; amount: number }
/** What the books hold per currency: `cash` lies at Stripe, `consultant` of it is owed to consultants. */
export type LedgerBalance = { currency: string; cash: number; platform: number; consultant: number }
export type PayoutSum = {
  currency: string
  status: PayoutState
  heldReason: HeldReason | null
  count: number
  amount: number
}
export type CountedSum = { currency: string; count: number; amount: number }

/** Movements between two instants (epoch ms), summed by day, currency and kind. */
export const sumByDay = async (req: PayloadRequest, { from, until }: { from: number; until: number }) => {
  const { rows } = await (
    await readDb(req)
  ).execute(sql`
    SELECT to_char(occurred_at AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS day, currency, kind, sum(amount)::float8 AS amount
    FROM ledger_entries
    WHERE occurred_at >= to_timestamp(${from}::float8 / 1000) AND occurred_at < to_timestamp(${until}::float8 / 1000)
    GROUP BY 1, 2, 3 ORDER BY 1`)
  return rows as DaySum[]
}

export const readLedgerBalances = async (req: PayloadRequest): Promise<LedgerBalance[]> => {
  const { rows } = await (
    await readDb(req)
  ).execute(sql`
    SELECT l.currency, ${sumOfMoves('cash', 'l')} AS cash, ${sumOfMoves('platform', 'l')} AS platform,
      ${sumOfMoves('consultant', 'l')} AS consultant
    FROM ledger_entries l GROUP BY l.currency ORDER BY l.currency`)
  return rows as LedgerBalance[]
}

/** What is owed to consultants of payments whose payout is not done, by where the payout stands. */
export const sumOpenPayouts = async (req: PayloadRequest): Promise<PayoutSum[]> => {
  const { rows } = await (
    await readDb(req)
  ).execute(sql`
    SELECT p.currency, p.payout_status AS status, p.payout_held_reason AS "heldReason", count(*)::int AS count,
      sum(b.owed)::float8 AS amount
    FROM payments p
    JOIN LATERAL (SELECT ${sumOfMoves('consultant', 'l')} AS owed FROM ledger_entries l WHERE l.payment_id = p.id) b ON b.owed > 0
    WHERE p.payout_status IN ${sqlStates(outstandingPayouts)} AND p.status IN ${sqlStates(paymentsWithRest)}
    GROUP BY 1, 2, 3`)
  return rows as PayoutSum[]
}

/** Debts of consultants that are not set off yet. */
export const sumOpenDebts = async (req: PayloadRequest): Promise<CountedSum[]> => {
  const { rows } = await (
    await readDb(req)
  ).execute(sql`
    SELECT currency, count(*)::int AS count, sum(amount - recovered_amount)::float8 AS amount FROM transfers
    WHERE kind = 'receivable' AND recovered_amount < amount GROUP BY currency`)
  return rows as CountedSum[]
}

/** What is contested at banks and not decided. */
export const sumOpenDisputes = async (req: PayloadRequest): Promise<CountedSum[]> => {
  const { rows } = await (
    await readDb(req)
  ).execute(sql`
    SELECT currency, count(*)::int AS count, sum(amount)::float8 AS amount FROM disputes
    WHERE status IN ${sqlStates(openDisputes)} GROUP BY currency`)
  return rows as CountedSum[]
}

export type Reconciliation = {
  /** Epoch ms; null while it has not ended, or there was none. */
  finishedAt: number | null
  status: 'running' | 'finished' | 'failed' | null
  /** Differences that are open now, whichever run found them. */
  open: number
}

/** The latest comparison with Stripe, and what is open of all. */
export const readReconciliation = async (req: PayloadRequest): Promise<Reconciliation> => {
  const { rows } = await (
    await readDb(req)
  ).execute(sql`
    SELECT (SELECT count(*)::int FROM reconciliation_findings WHERE status = 'open') AS open, r.status,
      (extract(epoch FROM r.finished_at) * 1000)::float8 AS "finishedAt"
    FROM (SELECT 1) one
    LEFT JOIN (SELECT status, finished_at FROM reconciliation_runs ORDER BY started_at DESC LIMIT 1) r ON true`)
  return rows[0] as Reconciliation
}

/** A list of what somebody has to look at: the first few, and how many there are. */
export type Attention<Item> = { count: number; items: Item[] }
export type FailedRefund = {
  id: string
  reference: string
  amount: number
  currency: string
  reason: string | null
  at: number
}
export type RefundToReturn = FailedRefund & { paymentId: string }
export type DueDispute = {
  id: string
  reference: string
  status: DisputeState
  amount: number
  currency: string
  evidenceDueBy: number | null
}
export type FailedEvent = { id: string; type: string; error: string | null; at: number }
export type ShownFinding = {
  id: string
  objectId: string
  kind: string
  ours: number | null
  theirs: number | null
  currency: string | null
}
export type UnpayableConsultant = { id: string; slug: string; name: string; status: string | null }

/** So many of each are shown; the rest is behind a link. */
const shown = 5

type Counted = { total: number }

const attention = <Item>(rows: unknown[]): Attention<Item> => ({
  count: (rows[0] as Counted | undefined)?.total ?? 0,
  items: rows.map((row) => {
    const { total: _total, ...item } = row as Counted & Item
    return item as Item
  }),
})

/** Refunds that failed and were not asked for again since. */
export const listFailedRefunds = async (req: PayloadRequest) => {
  const { rows } = await (
    await readDb(req)
  ).execute(sql`
    SELECT r.id, r.reference, r.amount::float8, r.currency, r.failure_reason AS reason, ${sql.raw(epoch('r.updated_at'))} AS at,
      count(*) OVER ()::int AS total
    FROM refunds r
    WHERE r.status = 'failed' AND NOT EXISTS (SELECT FROM refunds later WHERE later.payment_id = r.payment_id
      AND later.created_at > r.created_at AND later.status IN ${sqlStates(countedRefunds)})
    ORDER BY r.updated_at DESC LIMIT ${shown}`)
  return attention<FailedRefund>(rows)
}

/** Refunds of what was paid elsewhere, which wait for a person to return them; the oldest first. */
export const listRefundsToReturn = async (req: PayloadRequest) => {
  const { rows } = await (
    await readDb(req)
  ).execute(sql`
    SELECT r.id, p.id AS "paymentId", r.reference, r.amount::float8, r.currency, r.reason, ${sql.raw(epoch('r.requested_at'))} AS at,
      count(*) OVER ()::int AS total
    FROM refunds r JOIN payments p ON p.id = r.payment_id
    WHERE r.status = 'requested' AND p.payment_method = 'elsewhere' ORDER BY r.requested_at LIMIT ${shown}`)
  return attention<RefundToReturn>(rows)
}

/** Disputes that wait for our answer, the most urgent first. */
export const listDueDisputes = async (req: PayloadRequest) => {
  const { rows } = await (
    await readDb(req)
  ).execute(sql`
    SELECT id, reference, status, amount::float8, currency, ${sql.raw(epoch('evidence_due_by'))} AS "evidenceDueBy",
      count(*) OVER ()::int AS total
    FROM disputes WHERE status IN ${sqlStates(disputesForEvidence)} ORDER BY evidence_due_by NULLS LAST, opened_at LIMIT ${shown}`)
  return attention<DueDispute>(rows)
}

export const listFailedEvents = async (req: PayloadRequest) => {
  const { rows } = await (
    await readDb(req)
  ).execute(sql`
    SELECT id, type, error, ${sql.raw(epoch('received_at'))} AS at, count(*) OVER ()::int AS total
    FROM stripe_events WHERE status = 'failed' ORDER BY received_at DESC LIMIT ${shown}`)
  return attention<FailedEvent>(rows)
}

export const listShownFindings = async (req: PayloadRequest) => {
  const { rows } = await (
    await readDb(req)
  ).execute(sql`
    SELECT id, object_id AS "objectId", kind, ours::float8, theirs::float8, currency, count(*) OVER ()::int AS total
    FROM reconciliation_findings WHERE status = 'open' ORDER BY last_seen_at DESC LIMIT ${shown}`)
  return attention<ShownFinding>(rows)
}

/** Consultants to whom something is owed, but who cannot be paid. */
export const listUnpayableConsultants = async (req: PayloadRequest) => {
  const { rows } = await (
    await readDb(req)
  ).execute(sql`
    SELECT c.id, c.slug, c.name, a.status, count(*) OVER ()::int AS total
    FROM consultant_profiles c
    LEFT JOIN payout_accounts a ON a.consultant_id = c.id
    WHERE (a.status IN ${sqlStates(payableAccounts)}) IS NOT TRUE AND EXISTS (SELECT FROM payments p WHERE p.consultant_id = c.id
      AND p.payout_status IN ${sqlStates(outstandingPayouts)} AND p.status IN ${sqlStates(paymentsWithRest)})
    ORDER BY c.name LIMIT ${shown}`)
  return attention<UnpayableConsultant>(rows)
}
