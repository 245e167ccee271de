import { sql } from '@payloadcms/db-postgres'
import type { SQL } from '@payloadcms/db-postgres/drizzle'
import type { Payload, PayloadRequest } from 'payload'
import { deleteInBatches } from '#database/delete-in-batches'
import { sqlStates } from '#database/state-lists'
import { poolDb, txDb } from '#database/transactions'
import { createId } from '#shared/ids'
import type { KeptDays } from '#shared/retention'
import type { BookedEntry, FindingFacts } from './decide-finding'
import { openDisputes, paymentsAtStripe } from '../payment-states'
import type { FindingKind } from './reconciliation-kinds'

/** A comparison of the books with Stripe; instants are epoch milliseconds. */
export type ReconciliationRun = {
  id: string
  status: 'running' | 'finished' | 'failed'
  trigger: 'nightly' | 'operations'
  from: number
  until: number
  /** The last entry of Stripe's balance that was looked at. */
  cursor: string | null
}

const selectRun = sql.raw(`
  SELECT id, status, trigger, (extract(epoch FROM "from") * 1000)::float8 AS "from",
    (extract(epoch FROM until) * 1000)::float8 AS until, cursor FROM reconciliation_runs`)

export const findRun = async (payload: Payload, id: string): Promise<ReconciliationRun | undefined> => {
  const { rows } = await poolDb(payload).execute(sql`${selectRun} WHERE id = ${id}`)
  return rows[0] as ReconciliationRun | undefined
}

export const findRunningRun = async (req: PayloadRequest): Promise<ReconciliationRun | undefined> => {
  const { rows } = await (await txDb(req)).execute(sql`${selectRun} WHERE status = 'running'`)
  return rows[0] as ReconciliationRun | undefined
}

/** Events can be late by days, and so may be what Stripe's balance shows of them. */
const overlap = sql.raw("interval '72 hours'")

/**
 * Begins a run over everything since the last one that finished, and a while before; the first one since the first payment.
 * @returns its id; undefined when one is running.
 */
export const insertRun = async (
  req: PayloadRequest,
  run: { trigger: 'nightly' | 'operations'; requestedBy: string | null; now: number },
): Promise<string | undefined> => {
  const { rows } = await (
    await txDb(req)
  ).execute(sql`
    INSERT INTO reconciliation_runs (id, status, trigger, requested_by, started_at, "from", until, checked_count, healed_count,
      open_count, updated_at, created_at)
    SELECT ${createId()}, 'running', ${run.trigger}, ${run.requestedBy}, at, coalesce(
        (SELECT max(until) FROM reconciliation_runs WHERE status = 'finished'),
        (SELECT min(created_at) FROM payments), at) - ${overlap}, at, 0, 0, 0, now(), now()
    FROM (SELECT to_timestamp(${run.now}::float8 / 1000)) AS started (at)
    ON CONFLICT (status) WHERE status = 'running' DO NOTHING RETURNING id`)
  return rows[0]?.id as string | undefined
}

/**
 * Notes how far a run has come, and which objects Stripe has.
 * @returns false when another worker has taken the run over: it goes on there.
 */
export const storePage = async (
  payload: Payload,
  run: ReconciliationRun,
  page: { cursor: string; checked: number; healed: number; objectIds: string[] },
): Promise<boolean> => {
  const { rowCount } = await poolDb(payload).execute(sql`
    WITH seen AS (
      INSERT INTO parley.reconciliation_seen (run_id, object_id)
      SELECT ${run.id}::uuid, unnest(${sql.param(page.objectIds)}::text[]) ON CONFLICT DO NOTHING
    )
    UPDATE reconciliation_runs SET cursor = ${page.cursor}, checked_count = checked_count + ${page.checked},
      healed_count = healed_count + ${page.healed}, updated_at = now()
    WHERE id = ${run.id} AND status = 'running' AND cursor IS NOT DISTINCT FROM ${run.cursor}`)
  return rowCount === 1
}

/** @returns whether it was this call that ended the run. */
export const endRun = async (
  payload: Payload,
  runId: string,
  end: { status: 'finished' | 'failed'; healed: number; error: string | null },
): Promise<boolean> => {
  const { rowCount } = await poolDb(payload).execute(sql`
    WITH forgotten AS (DELETE FROM parley.reconciliation_seen WHERE run_id = ${runId})
    UPDATE reconciliation_runs SET status = ${end.status}, finished_at = now(), error = ${end.error},
      healed_count = healed_count + ${end.healed},
      open_count = (SELECT count(*) FROM reconciliation_findings WHERE status = 'open'), updated_at = now()
    WHERE id = ${runId} AND status = 'running'`)
  return rowCount === 1
}

/** What the books have about objects of Stripe, by the object. */
export const findEntriesOf = async (
  payload: Payload,
  objectIds: readonly string[],
): Promise<Map<string, BookedEntry[]>> => {
  const { rows } = await poolDb(payload).execute(sql`
    SELECT stripe_object_id AS "objectId", kind, amount::float8, currency FROM ledger_entries
    WHERE stripe_object_id = ANY(${sql.param([...objectIds])}::text[])`)
  return Map.groupBy(rows as (BookedEntry & { objectId: string })[], ({ objectId }) => objectId)
}

export type LedgerObject = { objectId: string; entry: BookedEntry; paymentId: string | null }

/**
 * Entries of the run's time about objects that the run has not seen at Stripe, in the order of their ids.
 * @param after the id of the last one of the page before.
 */
export const listUnseenEntries = async (
  payload: Payload,
  run: Pick<ReconciliationRun, 'id' | 'from' | 'until'>,
  page: { after: string | null; limit: number },
): Promise<(LedgerObject & { id: string })[]> => {
  const { rows } = await poolDb(payload).execute(sql`
    SELECT e.id, e.stripe_object_id AS "objectId", e.payment_id AS "paymentId",
      json_build_object('kind', e.kind, 'amount', e.amount, 'currency', e.currency) AS entry
    FROM ledger_entries e
    WHERE e.occurred_at >= to_timestamp(${run.from}::float8 / 1000) AND e.occurred_at < to_timestamp(${run.until}::float8 / 1000)
      AND e.kind IN ('charge', 'refund', 'refund_failed', 'transfer', 'transfer_reversal', 'dispute', 'dispute_won')
      AND (${page.after}::uuid IS NULL OR e.id > ${page.after}::uuid)
      AND NOT EXISTS (SELECT FROM parley.reconciliation_seen s WHERE s.run_id = ${run.id} AND s.object_id = e.stripe_object_id)
    ORDER BY e.id LIMIT ${page.limit}`)
  return rows as (LedgerObject & { id: string })[]
}

export type Finding = {
  kind: FindingKind
  objectId: string
  paymentId: string | null
  ours: number | null
  theirs: number | null
  currency: string | null
  detail: string
  facts: Record<string, unknown>
}

/** Writes a finding down, or that it was found again: once per kind and object, however often. */
export const storeFinding = async (payload: Payload, runId: string, finding: Finding): Promise<void> => {
  await poolDb(payload).execute(sql`
    INSERT INTO reconciliation_findings (id, kind, object_id, status, payment_id, ours, theirs, currency, detail, facts, run_id,
      first_seen_at, last_seen_at, updated_at, created_at)
    VALUES (${createId()}, ${finding.kind}, ${finding.objectId}, 'open', ${finding.paymentId}, ${finding.ours}, ${finding.theirs},
      ${finding.currency}, ${finding.detail.slice(0, 2_000)}, ${JSON.stringify(finding.facts)}::jsonb, ${runId}, now(), now(), now(), now())
    ON CONFLICT (kind, object_id) DO UPDATE SET status = 'open', payment_id = excluded.payment_id, ours = excluded.ours,
      theirs = excluded.theirs, currency = excluded.currency, detail = excluded.detail, facts = excluded.facts,
      run_id = excluded.run_id, last_seen_at = now(), resolved_at = NULL, updated_at = now()`)
}

/** What was found before and is so no more. */
export const resolveFinding = async (payload: Payload, id: string): Promise<void> => {
  await poolDb(payload).execute(sql`
    UPDATE reconciliation_findings SET status = 'resolved', resolved_at = now(), updated_at = now()
    WHERE id = ${id} AND status = 'open'`)
}

/** Contradictions of the books with themselves that this run has not found again. */
export const resolveOldFaults = async (payload: Payload, runId: string): Promise<void> => {
  await poolDb(payload).execute(sql`
    UPDATE reconciliation_findings SET status = 'resolved', resolved_at = now(), updated_at = now()
    WHERE status = 'open' AND kind = 'books_disagree' AND run_id IS DISTINCT FROM ${runId}`)
}

export type OpenFinding = { id: string; kind: FindingKind; objectId: string; paymentId: string | null }

/** Open findings about objects of Stripe, in the order of their ids; charges first where `charges` says so. */
export const listOpenFindings = async (
  payload: Payload,
  page: { after: string | null; limit: number },
): Promise<OpenFinding[]> => {
  const { rows } = await poolDb(payload).execute(sql`
    SELECT id, kind, object_id AS "objectId", payment_id AS "paymentId" FROM reconciliation_findings
    WHERE status = 'open' AND kind <> 'books_disagree' AND (${page.after}::uuid IS NULL OR id > ${page.after}::uuid)
    ORDER BY id LIMIT ${page.limit}`)
  return rows as OpenFinding[]
}

export const countOpenFindings = async (req: PayloadRequest): Promise<number> => {
  const { rows } = await (
    await txDb(req)
  ).execute(sql`SELECT count(*)::int AS open FROM reconciliation_findings WHERE status = 'open'`)
  return (rows[0] as { open: number }).open
}

/** The payment to which an object of Stripe belongs, as our records name it. */
export const findPaymentIdOf = async (
  payload: Payload,
  { objectId, paymentIntentId }: { objectId: string; paymentIntentId: string | null },
): Promise<string | null> => {
  const { rows } = await poolDb(payload).execute(sql`
    SELECT id FROM payments WHERE stripe_payment_intent_id = ${paymentIntentId} OR stripe_charge_id = ${objectId}
    UNION ALL SELECT payment_id FROM refunds WHERE stripe_refund_id = ${objectId}
    UNION ALL SELECT payment_id FROM transfers WHERE stripe_object_id = ${objectId}
    UNION ALL SELECT payment_id FROM disputes WHERE stripe_dispute_id = ${objectId}
    LIMIT 1`)
  return (rows[0]?.id as string | undefined) ?? null
}

/** A difference as a finding. */
export const findingOf = (
  difference: FindingFacts,
  about: { objectId: string; paymentId: string | null; detail: string; facts: Record<string, unknown> },
): Finding => ({
  kind: difference.kind,
  ours: difference.ours,
  theirs: difference.theirs,
  currency: difference.currency,
  ...about,
  facts: { entry: difference.entry, ...about.facts },
})

export type PendingObject = { what: 'refund' | 'payment' | 'dispute'; id: string; objectId: string }

/**
 * Records of ours whose end we have not heard of and should have; Stripe knows it. In the order of their ids.
 * @param quietMinutes how long nothing was heard.
 */
export const listPendingObjects = async (
  payload: Payload,
  page: { after: string | null; limit: number; quietMinutes: number },
): Promise<PendingObject[]> => {
  const quiet = sql`now() - ${page.quietMinutes}::float8 * interval '1 minute'`
  const { rows } = await poolDb(payload).execute(sql`
    SELECT * FROM (
      SELECT 'refund' AS what, id, stripe_refund_id AS "objectId" FROM refunds
      WHERE status = 'pending' AND stripe_refund_id IS NOT NULL AND updated_at < ${quiet}
      UNION ALL
      SELECT 'payment', id, stripe_checkout_session_id FROM payments
      WHERE status IN ${sqlStates(paymentsAtStripe)} AND stripe_checkout_session_id IS NOT NULL AND updated_at < ${quiet}
      UNION ALL
      SELECT 'dispute', id, stripe_dispute_id FROM disputes
      WHERE status IN ${sqlStates(openDisputes)} AND updated_at < ${quiet}
    ) pending WHERE (${page.after}::uuid IS NULL OR id > ${page.after}::uuid) ORDER BY id LIMIT ${page.limit}`)
  return rows as PendingObject[]
}

/** Removes differences that were resolved long ago, and comparisons that ended then; the latest says where the next one begins. */
export const deleteOldReconciliations = async (payload: Payload, { reconciliationDays }: KeptDays): Promise<number> => {
  const isOld = (moment: SQL) => sql`${moment} < now() - ${reconciliationDays} * interval '1 day'`
  const findings = await deleteInBatches(
    payload,
    (limit) => sql`
      DELETE FROM reconciliation_findings WHERE id IN (SELECT id FROM reconciliation_findings
        WHERE status = 'resolved' AND ${isOld(sql`last_seen_at`)} ORDER BY last_seen_at LIMIT ${limit})`,
  )
  const runs = await deleteInBatches(
    payload,
    (limit) => sql`
      DELETE FROM reconciliation_runs WHERE id IN (SELECT id FROM reconciliation_runs
        WHERE status <> 'running' AND ${isOld(sql`started_at`)} AND id NOT IN (
          SELECT id FROM reconciliation_runs WHERE status = 'finished' ORDER BY started_at DESC LIMIT 1)
        ORDER BY started_at LIMIT ${limit})`,
  )
  return findings + runs
}
