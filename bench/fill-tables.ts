import type pg from 'pg'

/** What fills the columns that differ: SQL over `n`, the number of the row from 1, and what `from` joins to it. */
type Filling = { table: string; columns: Readonly<Record<string, string>>; from: string }

/** How many consultants' rows there are beside each other: `k.id` is the one of row `n`. */
const consultantOf = `bench_consultants k ON k.position = (n - 1) % (SELECT count(*) FROM bench_consultants) + 1`

const idOf = (kind: string, n = 'n'): string => `md5('${kind}' || ${n})::uuid`

/** One of a consultant's sessions each 87 hours over the past two years; every hundredth lies months ahead, after all blocks. */
const startOf = (consultants: number): string =>
  `date_trunc('hour', now()) + CASE WHEN n % 100 = 0 THEN 24 * 65 + (n / 100) % 1000 ELSE -2 - (n / ${consultants}) * 87 END * interval '1 hour'`

const stateOf = `CASE WHEN n % 100 = 0 THEN 'scheduled' WHEN n % 11 = 0 THEN 'cancelled_by_user' ELSE 'completed' END`

/**
 * What as many bookings leave in each table whose list staff read, as they look long after: who, when, what was paid. Two in three are paid. Their
 * rows point to each other; whatever has no list of its own (histories, outbox) is left out.
 */
const fillings = ({ consultants, sessions }: { consultants: number; sessions: number }): Filling[] => {
  const customers = Math.ceil(sessions / 10)
  const every = (step: number) => `generate_series(1, ${sessions}) n JOIN ${consultantOf} WHERE n % ${step} = 0`
  const paid = `generate_series(1, ${sessions}) n JOIN ${consultantOf} WHERE n % 3 <> 0`
  const customer = idOf('customer', `(n % ${customers} + 1)`)
  const starts = startOf(consultants)
  const past = (instant: string) => `least(${instant}, now() - interval '5 minutes' - n % 1000 * interval '1 hour')`
  const booked = past(`${starts} - interval '3 days'`)
  const over = past(`${starts} + interval '1 hour'`)
  return [
    {
      table: 'customers',
      from: `generate_series(1, ${customers}) n`,
      columns: {
        id: idOf('customer'),
        email: `'guest-' || n || '@scale.parley.example'`,
        name: `'Guest ' || n`,
        time_zone: `'Europe/Berlin'`,
        language: `'en'`,
        created_at: `now() - n * interval '10 minutes'`,
        updated_at: `now() - n * interval '10 minutes'`,
      },
    },
    {
      table: 'scheduled_sessions',
      from: every(1),
      columns: {
        id: idOf('session'),
        reference: `'PY-' || lpad(n::text, 10, '0')`,
        status: `(${stateOf})::enum_scheduled_sessions_status`,
        consultant_id: 'k.id',
        customer_id: customer,
        service_type_id: 'k.service_type_id',
        starts_at: starts,
        ends_at: `${starts} + interval '30 minutes'`,
        duration_minutes: '30',
        time_zone: `'Europe/Berlin'`,
        language: `'en'`,
        price_amount: `CASE WHEN n % 3 = 0 THEN 0 ELSE 12000 END`,
        price_currency: `'GBP'`,
        price_platform_fee_amount: `CASE WHEN n % 3 = 0 THEN 0 ELSE 1800 END`,
        price_consultant_payout_amount: `CASE WHEN n % 3 = 0 THEN 0 ELSE 10200 END`,
        price_platform_fee_bps: '1500',
        payment_id: `CASE WHEN n % 3 <> 0 THEN ${idOf('payment')} END`,
        slot_id: idOf('slot'),
        problem_title: `'Question ' || n`,
        problem_description: `repeat('What I would like to ask about. ', 5)`,
        sequence: '1',
        created_at: booked,
        updated_at: over,
      },
    },
    {
      table: 'availability_slots',
      from: every(1),
      columns: {
        id: idOf('slot'),
        consultant_id: 'k.id',
        customer_id: customer,
        service_type_id: 'k.service_type_id',
        scheduled_session_id: idOf('session'),
        starts_at: starts,
        ends_at: `${starts} + interval '30 minutes'`,
        occupied_from: starts,
        occupied_until: `${starts} + interval '30 minutes'`,
        duration_minutes: '30',
        time_zone: `'Europe/Berlin'`,
        status: `(CASE WHEN n % 100 = 0 THEN 'booked' ELSE 'released' END)::enum_availability_slots_status`,
        created_at: booked,
        updated_at: over,
      },
    },
    {
      table: 'payments',
      from: paid,
      columns: {
        id: idOf('payment'),
        reference: `'PM-' || lpad(n::text, 10, '0')`,
        scheduled_session_id: idOf('session'),
        consultant_id: 'k.id',
        customer_id: customer,
        status: `'succeeded'`,
        amount: '12000',
        currency: `'GBP'`,
        refunded_amount: '0',
        platform_fee_amount: '1800',
        consultant_payout_amount: '10200',
        payout_status: `'paid'`,
        stripe_payment_intent_id: `'pi_scale_' || n`,
        stripe_checkout_session_id: `'cs_scale_' || n`,
        stripe_charge_id: `'ch_scale_' || n`,
        stripe_fee_amount: '260',
        succeeded_at: booked,
        idempotency_key: `'scale-' || n`,
        created_at: booked,
        updated_at: over,
      },
    },
    ...(['charge', 'platform_fee', 'transfer'] as const).map((kind) => ({
      table: 'ledger_entries',
      from: paid,
      columns: {
        id: idOf(kind),
        kind: `'${kind}'`,
        amount: { charge: '12000', platform_fee: '1800', transfer: '-10200' }[kind],
        currency: `'GBP'`,
        stripe_object_id: `'${kind}_scale_' || n`,
        payment_id: idOf('payment'),
        scheduled_session_id: idOf('session'),
        consultant_id: 'k.id',
        customer_id: customer,
        occurred_at: booked,
        created_at: booked,
        updated_at: booked,
      },
    })),
    {
      table: 'invoices',
      from: paid,
      columns: {
        id: idOf('invoice'),
        number: `'INV-' || lpad(n::text, 10, '0')`,
        kind: `'invoice'`,
        payment_id: idOf('payment'),
        scheduled_session_id: idOf('session'),
        customer_id: customer,
        issued_at: booked,
        amount: '12000',
        currency: `'GBP'`,
        description: `'Half an hour'`,
        bill_to: `'{}'`,
        issuer: `'{}'`,
        created_at: booked,
        updated_at: booked,
      },
    },
    {
      table: 'transfers',
      from: paid,
      columns: {
        id: idOf('transfer'),
        reference: `'TR-' || lpad(n::text, 10, '0')`,
        kind: `'transfer'`,
        status: `'succeeded'`,
        payment_id: idOf('payment'),
        scheduled_session_id: idOf('session'),
        consultant_id: 'k.id',
        amount: '10200',
        currency: `'GBP'`,
        requested_at: over,
        settled_at: over,
        idempotency_key: `'scale-' || n`,
        created_at: over,
        updated_at: over,
      },
    },
    ...(['booking_confirmation', 'booking_reminder'] as const).map((kind) => ({
      table: 'notifications',
      from: every(1),
      columns: {
        id: idOf(kind),
        recipient_customer_id: customer,
        type: `(enum_range(NULL::enum_notifications_type))[1]`,
        kind: `'${kind}'`,
        title: `'About your session'`,
        message: `repeat('What you should know. ', 10)`,
        scheduled_session_id: idOf('session'),
        delivery_state: `'sent'`,
        delivery_attempts: '1',
        dedupe_key: `'${kind}-' || n`,
        email_sent_at: booked,
        created_at: booked,
        updated_at: booked,
      },
    })),
    {
      table: 'reviews',
      from: every(7),
      columns: {
        id: idOf('review'),
        scheduled_session_id: idOf('session'),
        consultant_id: 'k.id',
        customer_id: customer,
        author_name: `'Guest'`,
        rating: '1 + n % 5',
        review_text: `repeat('Well explained. ', 10)`,
        is_public: 'true',
        moderation_status: `'approved'`,
        created_at: `${starts} + interval '1 day'`,
        updated_at: `${starts} + interval '1 day'`,
      },
    },
    {
      table: 'consultation_requests',
      from: every(10),
      columns: {
        id: idOf('request'),
        reference: `'RQ-' || lpad(n::text, 10, '0')`,
        requester_id: customer,
        service_type_id: 'k.service_type_id',
        problem_description: `repeat('What I would like to ask about. ', 5)`,
        status: `'expired'`,
        assigned_consultant_id: 'k.id',
        requested_at: booked,
        expires_at: starts,
        created_at: booked,
        updated_at: starts,
      },
    },
    {
      table: 'stripe_events',
      from: paid,
      columns: {
        id: idOf('event'),
        event_id: `'evt_scale_' || n`,
        account: `''`,
        type: `'checkout.session.completed'`,
        object_id: `'cs_scale_' || n`,
        livemode: 'false',
        status: `'processed'`,
        payload: `jsonb_build_object('id', 'evt_scale_' || n, 'object', repeat('{"as":"it came"}', 20))`,
        received_at: booked,
        processed_at: booked,
        attempts: '1',
        created_at: booked,
        updated_at: booked,
      },
    },
    {
      table: 'meetings',
      from: every(2),
      columns: {
        id: idOf('meeting'),
        scheduled_session_id: idOf('session'),
        provider: `'jitsi'`,
        provider_meeting_id: `'room-' || n`,
        consultant_id: 'k.id',
        customer_id: customer,
        scheduled_start_at: starts,
        created_at: booked,
        updated_at: booked,
      },
    },
  ]
}

/**
 * Runs something that fills tables without their indexes, as far as those enforce nothing, and without triggers and foreign keys; makes the indexes again after it.
 * Needs a superuser, and a database that nobody else uses.
 */
export const withoutIndexes = async (
  client: pg.Client,
  tables: readonly string[],
  fill: () => Promise<void>,
): Promise<void> => {
  const { rows } = await client.query<{ name: string; definition: string }>(
    `SELECT i.indexrelid::regclass::text AS name, pg_get_indexdef(i.indexrelid) AS definition FROM pg_index i
     WHERE i.indrelid::regclass::text = ANY ($1) AND NOT i.indisprimary
       AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid)`,
    [tables],
  )
  for (const { name } of rows) await client.query(`DROP INDEX ${name}`)
  await client.query(
    `SET session_replication_role = replica; SET synchronous_commit = off; SET maintenance_work_mem = '512MB'`,
  )
  try {
    await fill()
  } finally {
    for (const { definition } of rows) await client.query(definition)
    await client.query('RESET session_replication_role; RESET synchronous_commit; RESET maintenance_work_mem')
  }
}

/**
 * Fills a database that has consultants with the records of so many sessions, straight in SQL.
 * @param consultants whose sessions they are, each of them with an active service type.
 */
export const fillSessions = async (client: pg.Client, sessions: number): Promise<void> => {
  await client.query(`
    CREATE TEMPORARY TABLE bench_consultants AS
    SELECT row_number() OVER (ORDER BY c.id) AS position, c.id, (
      SELECT r.parent_id FROM service_types_rels r WHERE r.consultant_profiles_id = c.id ORDER BY r.parent_id LIMIT 1) AS service_type_id
    FROM consultant_profiles c WHERE c.slug LIKE 'listed-%';
    CREATE INDEX ON bench_consultants (position);
    ANALYZE bench_consultants`)
  const { rows } = await client.query<{ count: number }>('SELECT count(*)::int AS count FROM bench_consultants')
  const wanted = fillings({ consultants: rows[0]?.count ?? 1, sessions })
  await withoutIndexes(client, [...new Set(wanted.map(({ table }) => table))], async () => {
    for (const { table, columns, from } of wanted) {
      await client.query(
        `INSERT INTO ${table} (${Object.keys(columns).join(', ')}) SELECT ${Object.values(columns).join(', ')} FROM ${from}`,
      )
    }
  })
  await client.query('DROP TABLE bench_consultants')
}
