import { type MigrateDownArgs, type MigrateUpArgs, sql } from '@payloadcms/db-postgres'

/**
 * The kind `dispute_share_returned` in the guards of the ledger (the migration before adds it), and payouts that follow debts
 * which were set off elsewhere.
 */
export async function up({ db }: MigrateUpArgs): Promise<void> {
  await db.execute(sql`
    ALTER TABLE ledger_entries
      DROP CONSTRAINT ledger_entries_sign,
      ADD CONSTRAINT ledger_entries_sign CHECK (
        CASE WHEN kind IN ('charge', 'platform_fee', 'refund_failed', 'platform_fee_refund_failed', 'transfer_reversal',
          'netted_in', 'dispute_won', 'dispute_fee_returned', 'dispute_share_returned') THEN amount > 0 ELSE amount < 0 END);

    CREATE OR REPLACE VIEW parley.ledger_moves (kind, cash, platform, consultant, customer) AS VALUES
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
      ('dispute_share_returned', 0, 1, -1, 0);

    -- What the consultant has had of a payment never exceeds their share of it: what was transferred and not taken back, and
    -- what was kept back for a debt. A debt of this payment that other payouts have paid off was given back by them.
    CREATE OR REPLACE FUNCTION parley.check_transfers() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE share numeric; had numeric; excess uuid;
    BEGIN
      SELECT consultant_payout_amount INTO share FROM payments WHERE id = NEW.payment_id FOR NO KEY UPDATE;
      SELECT coalesce(sum(CASE
          WHEN kind = 'transfer' AND status <> 'failed' THEN amount
          WHEN kind = 'netting' THEN amount
          WHEN kind = 'reversal' AND status = 'succeeded' THEN -amount
          WHEN kind = 'receivable' THEN -recovered_amount
          ELSE 0 END), 0)
        INTO had FROM transfers WHERE payment_id = NEW.payment_id;
      IF had > share THEN
        RAISE EXCEPTION 'The payouts would exceed the share' USING ERRCODE = '23514', CONSTRAINT = 'transfers_within_share';
      END IF;
      SELECT t.id INTO excess FROM transfers t JOIN transfers r ON r.against_id = t.id AND r.kind = 'reversal' AND r.status <> 'failed'
        WHERE t.payment_id = NEW.payment_id GROUP BY t.id, t.amount HAVING sum(r.amount) > t.amount LIMIT 1;
      IF excess IS NOT NULL THEN
        RAISE EXCEPTION 'More would be taken back than was paid out' USING ERRCODE = '23514', CONSTRAINT = 'transfers_reversed_within';
      END IF;
      RETURN NULL;
    END $$;
  `)
}

export async function down({ db }: MigrateDownArgs): Promise<void> {
  await db.execute(sql`
    ALTER TABLE ledger_entries
      DROP CONSTRAINT ledger_entries_sign,
      ADD CONSTRAINT ledger_entries_sign CHECK (
        CASE WHEN kind IN ('charge', 'platform_fee', 'refund_failed', 'platform_fee_refund_failed', 'transfer_reversal',
          'netted_in', 'dispute_won', 'dispute_fee_returned') THEN amount > 0 ELSE amount < 0 END);

    CREATE OR REPLACE VIEW parley.ledger_moves (kind, cash, platform, consultant, customer) AS VALUES
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
      ('dispute_share', 0, 1, -1, 0);

    CREATE OR REPLACE FUNCTION parley.check_transfers() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE share numeric; sent numeric; taken_back numeric; excess uuid;
    BEGIN
      SELECT consultant_payout_amount INTO share FROM payments WHERE id = NEW.payment_id FOR NO KEY UPDATE;
      SELECT coalesce(sum(amount) FILTER (WHERE kind = 'transfer' AND status <> 'failed'), 0),
        coalesce(sum(amount) FILTER (WHERE kind = 'reversal' AND status = 'succeeded'), 0)
        INTO sent, taken_back FROM transfers WHERE payment_id = NEW.payment_id;
      IF sent - taken_back > share THEN
        RAISE EXCEPTION 'The payouts would exceed the share' USING ERRCODE = '23514', CONSTRAINT = 'transfers_within_share';
      END IF;
      SELECT t.id INTO excess FROM transfers t JOIN transfers r ON r.against_id = t.id AND r.kind = 'reversal' AND r.status <> 'failed'
        WHERE t.payment_id = NEW.payment_id GROUP BY t.id, t.amount HAVING sum(r.amount) > t.amount LIMIT 1;
      IF excess IS NOT NULL THEN
        RAISE EXCEPTION 'More would be taken back than was paid out' USING ERRCODE = '23514', CONSTRAINT = 'transfers_reversed_within';
      END IF;
      RETURN NULL;
    END $$;
  `)
}
