import { type MigrateDownArgs, type MigrateUpArgs, sql } from '@payloadcms/db-postgres'

type Database = MigrateUpArgs['db']
type Rewording = readonly (readonly [string, string])[]

/** What reached the platform outside of Stripe counts as a charge, and what went back there as a refund. */
const faultsOfElsewhere: Rewording = [
  ["e.kind = 'charge')", "e.kind IN ('charge', 'charge_elsewhere'))"],
  ["'refund', 'refund_failed'", "'refund', 'refund_elsewhere', 'refund_failed'"],
  // What the customer paid, wherever it lies, and what went out of Stripe.
  ['sum(e.amount * m.cash)', 'sum(e.amount * CASE m.customer WHEN 0 THEN m.cash ELSE m.customer END)'],
]

/** A refund of what was paid elsewhere waits for a person, however long. */
const underWayElsewhere: Rewording = [
  [
    "CASE r.status WHEN 'pending' THEN 'bank' ELSE 'system' END, r.updated_at\n      FROM public.refunds r WHERE",
    "CASE WHEN r.status::text = 'pending' THEN 'bank' WHEN p.payment_method::text = 'elsewhere' THEN 'operations' ELSE 'system' END,\n        r.updated_at\n      FROM public.refunds r JOIN public.payments p ON p.id = r.payment_id WHERE",
  ],
]

/** Puts other words into a function. @throws Error when the words that they stand for are not there. */
const reword = async (db: Database, name: string, words: Rewording, way: 'there' | 'back'): Promise<void> => {
  const { rows } = await db.execute(sql`SELECT pg_get_functiondef(${name}::regproc) AS text`)
  let text = String(rows[0]?.text)
  for (const pair of words) {
    const [from, to] = way === 'there' ? pair : [pair[1], pair[0]]
    if (!text.includes(from)) throw new Error(`${name} does not say: ${from}`)
    text = text.replaceAll(from, to)
  }
  await db.execute(sql.raw(text))
}

const moves = `
      ('charge', 1, 0, 1, 1),
      ('platform_fee', 0, 1, -1, 0),
      ('stripe_fee', 1, 1, 0, 0),
      ('refund', 1, 0, 1, 1),
      ('refund_failed', 1, 0, 1, 1),
      ('platform_fee_refund', 0, 1, -1, 0),
      ('platform_fee_refund_failed', 0, 1, -1, 0),
      ('transfer', 1, 0, 1, 0),
      ('transfer_reversal', 1, 0, 1, 0),
      ('netted_out', 0, 0, 0, 0),
      ('netted_in', 0, 0, 0, 0),
      ('dispute', 1, 0, 1, 1),
      ('dispute_won', 1, 0, 1, 1),
      ('dispute_fee', 1, 1, 0, 0),
      ('dispute_fee_returned', 1, 1, 0, 0),
      ('dispute_share', 0, 1, -1, 0),
      ('dispute_share_returned', 0, 1, -1, 0)`
const incoming = `'charge', 'platform_fee', 'refund_failed', 'platform_fee_refund_failed', 'transfer_reversal',
          'netted_in', 'dispute_won', 'dispute_fee_returned', 'dispute_share_returned'`

export async function up({ db }: MigrateUpArgs): Promise<void> {
  await db.execute(sql`
   CREATE TYPE "public"."enum_ledger_entries_recorded_by_role" AS ENUM('admin', 'operations', 'consultant', 'customer', 'payment', 'meeting', 'system');
  ALTER TYPE "public"."enum_payments_payout_held_reason" ADD VALUE 'paid_elsewhere';
  ALTER TYPE "public"."enum_payments_payment_method" ADD VALUE 'elsewhere';
  ALTER TYPE "public"."enum_ledger_entries_kind" ADD VALUE 'charge_elsewhere' BEFORE 'platform_fee';
  ALTER TYPE "public"."enum_ledger_entries_kind" ADD VALUE 'refund_elsewhere' BEFORE 'refund_failed';
  ALTER TYPE "public"."enum_notifications_kind" ADD VALUE 'refund_to_return' BEFORE 'payout_made';
  ALTER TYPE "public"."enum_message_templates_templates_kind" ADD VALUE 'refund_to_return' BEFORE 'payout_made';
  ALTER TABLE "ledger_entries" ADD COLUMN "external_reference" varchar;
  ALTER TABLE "ledger_entries" ADD COLUMN "recorded_by" varchar;
  ALTER TABLE "ledger_entries" ADD COLUMN "recorded_by_role" "enum_ledger_entries_recorded_by_role";`)

  // New words of an enum can be stored only after this transaction, so they are compared as text here.
  await db.execute(sql`
    ALTER TABLE ledger_entries
      DROP CONSTRAINT ledger_entries_sign,
      ADD CONSTRAINT ledger_entries_sign CHECK (
        CASE WHEN kind::text IN (${sql.raw(incoming)}, 'charge_elsewhere') THEN amount > 0 ELSE amount < 0 END),
      -- Nobody but whoever recorded it knows of it.
      ADD CONSTRAINT ledger_entries_elsewhere CHECK (
        kind::text NOT IN ('charge_elsewhere', 'refund_elsewhere')
        OR (external_reference <> '' AND recorded_by_role IS NOT NULL) IS TRUE);
    -- What was paid elsewhere, Stripe knows nothing of.
    ALTER TABLE payments ADD CONSTRAINT payments_elsewhere CHECK (
      payment_method::text IS DISTINCT FROM 'elsewhere'
      OR (stripe_payment_intent_id IS NULL AND stripe_checkout_session_id IS NULL AND stripe_charge_id IS NULL));

    CREATE FUNCTION parley.check_elsewhere() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF NOT EXISTS (SELECT FROM payments WHERE id = NEW.payment_id AND payment_method::text = 'elsewhere') THEN
        RAISE EXCEPTION 'The payment was not paid elsewhere' USING ERRCODE = '23514', CONSTRAINT = 'ledger_entries_paid_elsewhere';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER ledger_entries_paid_elsewhere BEFORE INSERT ON ledger_entries
      FOR EACH ROW WHEN (NEW.kind::text IN ('charge_elsewhere', 'refund_elsewhere')) EXECUTE FUNCTION parley.check_elsewhere();

    CREATE OR REPLACE VIEW parley.ledger_moves (kind, cash, platform, consultant, customer) AS VALUES ${sql.raw(moves)},
      ('charge_elsewhere', 0, -1, 1, 1),
      ('refund_elsewhere', 0, -1, 1, 1);
    COMMENT ON VIEW parley.money_under_way IS
      'What moves money and is not finished. waits_for system: a worker will do it; bank: only the bank knows how long; operations: a person has to do it.';
  `)
  await reword(db, 'parley.find_money_faults', faultsOfElsewhere, 'there')
  await reword(db, 'parley.list_money_under_way', underWayElsewhere, 'there')
}

export async function down({ db }: MigrateDownArgs): Promise<void> {
  await reword(db, 'parley.list_money_under_way', underWayElsewhere, 'back')
  await reword(db, 'parley.find_money_faults', faultsOfElsewhere, 'back')
  await db.execute(sql`
    COMMENT ON VIEW parley.money_under_way IS
      'What moves money and is not finished. waits_for system: a worker will do it; bank: only the bank knows how long.';
    CREATE OR REPLACE VIEW parley.ledger_moves (kind, cash, platform, consultant, customer) AS VALUES ${sql.raw(moves)};
    DROP TRIGGER ledger_entries_paid_elsewhere ON ledger_entries;
    DROP FUNCTION parley.check_elsewhere;
    ALTER TABLE payments DROP CONSTRAINT payments_elsewhere;
    ALTER TABLE ledger_entries DROP CONSTRAINT ledger_entries_elsewhere, DROP CONSTRAINT ledger_entries_sign;
  `)
  await db.execute(sql`
   ALTER TABLE "payments" ALTER COLUMN "payout_held_reason" SET DATA TYPE text;
  DROP TYPE "public"."enum_payments_payout_held_reason";
  CREATE TYPE "public"."enum_payments_payout_held_reason" AS ENUM('no_account', 'account_incomplete', 'account_restricted', 'account_disconnected', 'disputed', 'refused', 'by_operations');
  ALTER TABLE "payments" ALTER COLUMN "payout_held_reason" SET DATA TYPE "public"."enum_payments_payout_held_reason" USING "payout_held_reason"::"public"."enum_payments_payout_held_reason";
  ALTER TABLE "payments" ALTER COLUMN "payment_method" SET DATA TYPE text;
  DROP TYPE "public"."enum_payments_payment_method";
  CREATE TYPE "public"."enum_payments_payment_method" AS ENUM('card', 'bank_transfer', 'wallet');
  ALTER TABLE "payments" ALTER COLUMN "payment_method" SET DATA TYPE "public"."enum_payments_payment_method" USING "payment_method"::"public"."enum_payments_payment_method";
  ALTER TABLE "ledger_entries" ALTER COLUMN "kind" SET DATA TYPE text;
  DROP TYPE "public"."enum_ledger_entries_kind";
  CREATE TYPE "public"."enum_ledger_entries_kind" AS ENUM('charge', 'platform_fee', 'stripe_fee', 'refund', 'refund_failed', 'platform_fee_refund', 'platform_fee_refund_failed', 'transfer', 'transfer_reversal', 'netted_out', 'netted_in', 'dispute', 'dispute_won', 'dispute_fee', 'dispute_fee_returned', 'dispute_share', 'dispute_share_returned');
  ALTER TABLE "ledger_entries" ALTER COLUMN "kind" SET DATA TYPE "public"."enum_ledger_entries_kind" USING "kind"::"public"."enum_ledger_entries_kind";
  ALTER TABLE "notifications" ALTER COLUMN "kind" SET DATA TYPE text;
  DROP TYPE "public"."enum_notifications_kind";
  CREATE TYPE "public"."enum_notifications_kind" AS ENUM('booking_confirmation', 'booking_pending_payment', 'booking_awaiting_confirmation', 'booking_declined', 'booking_expired', 'booking_cancelled', 'booking_rescheduled', 'booking_reminder', 'session_started', 'session_completed', 'no_show', 'recording_ready', 'payment_received', 'payment_failed', 'late_payment_refunded', 'refund_processed', 'refund_failed', 'payout_made', 'payout_set_off', 'payout_held', 'debt_recorded', 'dispute_opened', 'dispute_decided', 'request_received', 'availability_request', 'request_assigned', 'request_proposed', 'request_rejected', 'request_expired', 'request_cancelled', 'message_received', 'review_received', 'books_differ', 'calendar_needs_reauth', 'payout_account_needs_details', 'payout_account_ready', 'calendar_stale', 'calendar_moved', 'calendar_deleted', 'calendar_conflict', 'time_proposed', 'proposal_declined', 'account_verify', 'password_reset');
  ALTER TABLE "notifications" ALTER COLUMN "kind" SET DATA TYPE "public"."enum_notifications_kind" USING "kind"::"public"."enum_notifications_kind";
  ALTER TABLE "message_templates_templates" ALTER COLUMN "kind" SET DATA TYPE text;
  DROP TYPE "public"."enum_message_templates_templates_kind";
  CREATE TYPE "public"."enum_message_templates_templates_kind" AS ENUM('booking_confirmation', 'booking_pending_payment', 'booking_awaiting_confirmation', 'booking_declined', 'booking_expired', 'booking_cancelled', 'booking_rescheduled', 'booking_reminder', 'session_started', 'session_completed', 'no_show', 'recording_ready', 'payment_received', 'payment_failed', 'late_payment_refunded', 'refund_processed', 'refund_failed', 'payout_made', 'payout_set_off', 'payout_held', 'debt_recorded', 'dispute_opened', 'dispute_decided', 'request_received', 'availability_request', 'request_assigned', 'request_proposed', 'request_rejected', 'request_expired', 'request_cancelled', 'message_received', 'review_received', 'books_differ', 'calendar_needs_reauth', 'payout_account_needs_details', 'payout_account_ready', 'calendar_stale', 'calendar_moved', 'calendar_deleted', 'calendar_conflict', 'time_proposed', 'proposal_declined', 'account_verify', 'password_reset');
  ALTER TABLE "message_templates_templates" ALTER COLUMN "kind" SET DATA TYPE "public"."enum_message_templates_templates_kind" USING "kind"::"public"."enum_message_templates_templates_kind";
  ALTER TABLE "ledger_entries" DROP COLUMN "external_reference";
  ALTER TABLE "ledger_entries" DROP COLUMN "recorded_by";
  ALTER TABLE "ledger_entries" DROP COLUMN "recorded_by_role";
  DROP TYPE "public"."enum_ledger_entries_recorded_by_role";`)
  await db.execute(sql`
    ALTER TABLE ledger_entries ADD CONSTRAINT ledger_entries_sign CHECK (
      CASE WHEN kind IN (${sql.raw(incoming)}) THEN amount > 0 ELSE amount < 0 END);
  `)
}
