import { type MigrateDownArgs, type MigrateUpArgs, sql } from '@payloadcms/db-postgres'

/**
 * A session and its payment name each other, so one of them is written before the other exists: checked at COMMIT, like its claim. What a
 * session waits for has a deadline that is stored, and what is to be paid has a payment, whoever made the session.
 */
export async function up({ db }: MigrateUpArgs): Promise<void> {
  await db.execute(sql`
    ALTER TABLE scheduled_sessions ALTER CONSTRAINT scheduled_sessions_payment_id_payments_id_fk DEFERRABLE INITIALLY DEFERRED;

    UPDATE scheduled_sessions s SET payment_id = (
      SELECT p.id FROM payments p WHERE p.scheduled_session_id = s.id ORDER BY p.created_at DESC LIMIT 1);
    UPDATE scheduled_sessions SET charge = (CASE WHEN payment_id IS NULL THEN 'none' ELSE 'link' END)::enum_scheduled_sessions_charge;
    UPDATE scheduled_sessions s SET confirm_by = least(s.starts_at, coalesce(
      (SELECT a.hold_expires_at FROM availability_slots a WHERE a.id = s.slot_id AND s.payment_deadline IS NULL),
      s.created_at + (SELECT coalesce(max(request_expiry_hours), 72) FROM booking_settings) * interval '1 hour'))
    WHERE s.status = 'pending_confirmation';
    UPDATE scheduled_sessions SET payment_deadline = starts_at WHERE status = 'pending_payment' AND payment_deadline IS NULL;
    -- Without a payment nothing can be paid: such a session never was one that waits.
    UPDATE scheduled_sessions SET status = 'expired' WHERE status = 'pending_payment' AND payment_id IS NULL;
    UPDATE availability_slots a SET status = 'released', updated_at = now()
    FROM scheduled_sessions s WHERE a.scheduled_session_id = s.id AND a.status = 'held' AND s.status = 'expired';
    SET CONSTRAINTS ALL IMMEDIATE;

    ALTER TABLE scheduled_sessions
      ADD CONSTRAINT scheduled_sessions_pay_by
        CHECK (status <> 'pending_payment' OR (payment_deadline IS NOT NULL AND payment_id IS NOT NULL)),
      ADD CONSTRAINT scheduled_sessions_confirm_by CHECK (status <> 'pending_confirmation' OR confirm_by IS NOT NULL),
      ADD CONSTRAINT scheduled_sessions_charged
        CHECK (charge IS NULL OR (charge = 'none') = (payment_id IS NULL));
    CREATE INDEX scheduled_sessions_confirm_by_idx ON scheduled_sessions (confirm_by) WHERE (status = 'pending_confirmation');
  `)
}

export async function down({ db }: MigrateDownArgs): Promise<void> {
  await db.execute(sql`
    DROP INDEX scheduled_sessions_confirm_by_idx;
    ALTER TABLE scheduled_sessions DROP CONSTRAINT scheduled_sessions_pay_by,
      DROP CONSTRAINT scheduled_sessions_confirm_by, DROP CONSTRAINT scheduled_sessions_charged;
    ALTER TABLE scheduled_sessions ALTER CONSTRAINT scheduled_sessions_payment_id_payments_id_fk NOT DEFERRABLE;
  `)
}
