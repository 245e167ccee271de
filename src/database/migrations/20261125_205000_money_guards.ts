import { type MigrateDownArgs, type MigrateUpArgs, sql } from '@payloadcms/db-postgres'

/** What money must never do, refused by PostgreSQL itself. */
export async function up({ db }: MigrateUpArgs): Promise<void> {
  await db.execute(sql`
    ALTER TABLE ledger_entries
      ADD CONSTRAINT ledger_entries_sign CHECK (
        CASE WHEN kind IN ('charge', 'platform_fee', 'refund_failed', 'platform_fee_refund_failed', 'transfer_reversal',
          'netted_in', 'dispute_won', 'dispute_fee_returned') THEN amount > 0 ELSE amount < 0 END);

    ALTER TABLE transfers
      ADD CONSTRAINT transfers_amount CHECK (amount > 0),
      ADD CONSTRAINT transfers_recovered CHECK (recovered_amount BETWEEN 0 AND amount),
      ADD CONSTRAINT transfers_debt CHECK (recovered_amount = 0 OR kind = 'receivable'),
      ADD CONSTRAINT transfers_internal CHECK (kind IN ('transfer', 'reversal') OR status = 'succeeded'),
      ADD CONSTRAINT transfers_against CHECK (kind NOT IN ('reversal', 'netting') OR against_id IS NOT NULL);
    -- Stripe is asked for one thing at a time: what is next depends on how that one ended.
    CREATE UNIQUE INDEX transfers_one_under_way ON transfers (payment_id) WHERE (status = 'requested');
    CREATE INDEX transfers_open_debts ON transfers (consultant_id, currency)
      WHERE (kind = 'receivable' AND recovered_amount < amount);
    CREATE UNIQUE INDEX invoices_one_of_a_payment ON invoices (payment_id) WHERE (kind = 'invoice');
    ALTER TABLE disputes ADD CONSTRAINT disputes_amount CHECK (amount >= 0 AND withdrawn_amount >= 0);

    -- Numbers without gaps: taken in the transaction that issues the document, which waits for the one before it.
    CREATE TABLE parley.number_series (series text PRIMARY KEY, last_number bigint NOT NULL DEFAULT 0);

    -- Refunds of a payment never exceed it. The payment is locked, so that two at once see each other.
    CREATE FUNCTION parley.check_refunds() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE paid numeric; asked numeric; returned numeric;
    BEGIN
      SELECT amount INTO paid FROM payments WHERE id = NEW.payment_id FOR NO KEY UPDATE;
      SELECT coalesce(sum(amount) FILTER (WHERE status IN ('requested', 'pending', 'succeeded')), 0),
        coalesce(sum(amount) FILTER (WHERE status = 'succeeded'), 0)
        INTO asked, returned FROM refunds WHERE payment_id = NEW.payment_id;
      IF returned > paid OR (TG_OP = 'INSERT' AND NEW.status = 'requested' AND asked > paid) THEN
        RAISE EXCEPTION 'The refunds would exceed the payment' USING ERRCODE = '23514', CONSTRAINT = 'refunds_within_payment';
      END IF;
      RETURN NULL;
    END $$;
    CREATE TRIGGER refunds_within_payment AFTER INSERT OR UPDATE OF status, amount ON refunds
      FOR EACH ROW EXECUTE FUNCTION parley.check_refunds();

    -- A payout is never taken back by more than it was, and never exceeds the consultant's share.
    CREATE FUNCTION parley.check_transfers() RETURNS trigger LANGUAGE plpgsql AS $$
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
    CREATE TRIGGER transfers_within AFTER INSERT OR UPDATE OF status, amount ON transfers
      FOR EACH ROW EXECUTE FUNCTION parley.check_transfers();

    CREATE TRIGGER transfers_keep BEFORE DELETE ON transfers FOR EACH ROW EXECUTE FUNCTION parley.refuse_delete();
    CREATE TRIGGER disputes_keep BEFORE DELETE ON disputes FOR EACH ROW EXECUTE FUNCTION parley.refuse_delete();
    CREATE TRIGGER invoices_append_only BEFORE UPDATE OR DELETE ON invoices
      FOR EACH ROW EXECUTE FUNCTION parley.refuse_change();
    CREATE TRIGGER invoices_no_truncate BEFORE TRUNCATE ON invoices
      FOR EACH STATEMENT EXECUTE FUNCTION parley.refuse_change();
  `)
}

export async function down({ db }: MigrateDownArgs): Promise<void> {
  await db.execute(sql`
    DROP TRIGGER invoices_no_truncate ON invoices;
    DROP TRIGGER invoices_append_only ON invoices;
    DROP TRIGGER disputes_keep ON disputes;
    DROP TRIGGER transfers_keep ON transfers;
    DROP TRIGGER transfers_within ON transfers;
    DROP TRIGGER refunds_within_payment ON refunds;
    DROP FUNCTION parley.check_transfers;
    DROP FUNCTION parley.check_refunds;
    DROP TABLE parley.number_series;
    ALTER TABLE disputes DROP CONSTRAINT disputes_amount;
    DROP INDEX invoices_one_of_a_payment, transfers_open_debts, transfers_one_under_way;
    ALTER TABLE transfers DROP CONSTRAINT transfers_amount, DROP CONSTRAINT transfers_recovered,
      DROP CONSTRAINT transfers_debt, DROP CONSTRAINT transfers_internal, DROP CONSTRAINT transfers_against;
    ALTER TABLE ledger_entries DROP CONSTRAINT ledger_entries_sign;
  `)
}
