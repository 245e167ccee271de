import type pg from 'pg'

/** An id (UUID version 7) of a moment in SQL, in the order of its row. */
const idAt = (moment: string, salt: string): string =>
  `(lpad(to_hex((extract(epoch FROM ${moment}) * 1000)::bigint), 12, '0') || '7' || substr(md5('${salt}' || n), 1, 3) || '8' || substr(md5('${salt}' || n), 4, 15))::uuid`

const moment = (rows: number, months: number): string =>
  `(date_trunc('month', now()) - interval '${months} months' + (n * (interval '${months} months' / ${rows})))`

/**
 * Puts `rows` past sessions, each with an entry of the ledger and a notification, evenly over the last `months` months into a migrated, empty database. By SQL
 * alone: they are made to be counted and looked for, not to be driven.
 */
export const fillMonths = async (client: pg.ClientBase, rows: number, months: number): Promise<void> => {
  const at = moment(rows, months)
  const statements = [
    `INSERT INTO consultant_profiles (id) SELECT md5('consultant' || n)::uuid FROM generate_series(1, 500) n`,
    `INSERT INTO customers (id, email, name) SELECT md5('customer' || n)::uuid, n || '@customers.example', 'Customer ' || n FROM generate_series(1, 5000) n`,
    `INSERT INTO service_types (id, name, slug, default_duration_minutes) VALUES (md5('service')::uuid, 'Advice', 'advice', 30)`,
    `INSERT INTO scheduled_sessions (id, reference, status, consultant_id, customer_id, service_type_id, starts_at, ends_at, duration_minutes, time_zone,
       price_amount, price_currency, price_platform_fee_amount, price_consultant_payout_amount, created_at, updated_at)
     SELECT ${idAt(at, 'session')}, 'S-' || n, 'completed', md5('consultant' || 1 + n % 500)::uuid, md5('customer' || 1 + n % 5000)::uuid, md5('service')::uuid,
       ${at} + interval '3 days', ${at} + interval '3 days 30 minutes', 30, 'Europe/Berlin', 100, 'EUR', 20, 80, ${at}, ${at} FROM generate_series(0, ${rows - 1}) n`,
    `INSERT INTO ledger_entries (id, kind, amount, currency, stripe_object_id, scheduled_session_id, consultant_id, customer_id, occurred_at, created_at, updated_at)
     SELECT ${idAt(at, 'ledger')}, 'charge', 100, 'EUR', 'ch_' || n, ${idAt(at, 'session')}, md5('consultant' || 1 + n % 500)::uuid,
       md5('customer' || 1 + n % 5000)::uuid, ${at}, ${at}, ${at} FROM generate_series(0, ${rows - 1}) n`,
    `INSERT INTO notifications (id, type, title, scheduled_session_id, recipient_customer_id, dedupe_key, delivery_state, created_at, updated_at)
     SELECT ${idAt(at, 'notification')}, (enum_range(NULL::enum_notifications_type))[1], 'Your session is confirmed', ${idAt(at, 'session')},
       md5('customer' || 1 + n % 5000)::uuid, 'confirmed:' || n, 'sent', ${at}, ${at} FROM generate_series(0, ${rows - 1}) n`,
    'VACUUM ANALYZE',
  ]
  for (const statement of statements) await client.query(statement)
}
