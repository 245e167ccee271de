import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'
import { sqlStates } from '#database/state-lists'
import { readDb } from '#database/transactions'
import { sumOfMoves } from '../ledger/ledger-balance-queries'
import {
  type HeldReason,
  outstandingPayouts,
  paymentsWithRest,
  type PayoutState,
  type TransferKind,
  type TransferState,
} from '../payment-states'
import { epoch } from '#shared/time'

/** What is owed for one session and has not been paid out. Amounts in minor units, instants in epoch milliseconds. */
export type OpenPayout = {
  paymentId: string
  session: string
  sessionAt: number
  serviceType: string
  status: PayoutState
  dueAt: number | null
  heldReason: HeldReason | null
  heldNote: string | null
  amount: number
  currency: string
}

export type PastTransfer = {
  id: string
  reference: string
  kind: TransferKind
  status: TransferState
  session: string
  amount: number
  currency: string
  at: number
}

/** As many rows as a page shows. */
const shown = 50

/** What is owed to a consultant and not paid yet, the next first. */
export const listOpenPayouts = async (req: PayloadRequest, consultantId: string): Promise<OpenPayout[]> => {
  const { rows } = await (
    await readDb(req)
  ).execute(sql`
    SELECT p.id AS "paymentId", s.reference AS session, ${sql.raw(epoch('s.starts_at'))} AS "sessionAt", t.name AS "serviceType",
      p.payout_status AS status, ${sql.raw(epoch('p.payout_due_at'))} AS "dueAt", p.payout_held_reason AS "heldReason",
      p.payout_held_note AS "heldNote", b.owed AS amount, p.currency
    FROM payments p
    JOIN scheduled_sessions s ON s.id = p.scheduled_session_id
    JOIN service_types t ON t.id = s.service_type_id
    JOIN LATERAL (SELECT ${sumOfMoves('consultant', 'l')} AS owed FROM ledger_entries l WHERE l.payment_id = p.id) b ON b.owed > 0
    WHERE p.consultant_id = ${consultantId} AND p.payout_status IN ${sqlStates(outstandingPayouts)}
      AND p.status IN ${sqlStates(paymentsWithRest)}
    ORDER BY p.payout_due_at NULLS LAST, s.starts_at LIMIT ${shown}`)
  return rows as OpenPayout[]
}

/** What was paid out to a consultant and taken back, latest first. */
export const listPastTransfers = async (req: PayloadRequest, consultantId: string): Promise<PastTransfer[]> => {
  const { rows } = await (
    await readDb(req)
  ).execute(sql`
    SELECT t.id, t.reference, t.kind, t.status, s.reference AS session, t.amount::float8, t.currency,
      ${sql.raw(epoch('coalesce(t.settled_at, t.requested_at)'))} AS at
    FROM transfers t JOIN scheduled_sessions s ON s.id = t.scheduled_session_id
    WHERE t.consultant_id = ${consultantId}
    ORDER BY coalesce(t.settled_at, t.requested_at) DESC, t.id LIMIT ${shown}`)
  return rows as PastTransfer[]
}

export type PayeeOption = { slug: string; name: string }

/** Consultants that were ever paid for, for staff to choose from. */
export const listPayees = async (req: PayloadRequest): Promise<PayeeOption[]> => {
  const { rows } = await (
    await readDb(req)
  ).execute(sql`
    SELECT slug, name FROM consultant_profiles c
    WHERE EXISTS (SELECT FROM payments p WHERE p.consultant_id = c.id)
      OR EXISTS (SELECT FROM payout_accounts a WHERE a.consultant_id = c.id)
    ORDER BY name LIMIT 500`)
  return rows as PayeeOption[]
}
