import { backfill, inSteps, transaction } from '#database/migration-steps'

/**
 * What migrations leave to the worker to fill in, and the first of it: invoices and credit notes of what was paid and returned before
 * documents were issued, and of such payments how much was returned.
 */
export const up = inSteps([
  transaction(
    'backfills',
    `CREATE TABLE parley.backfills (
      name text PRIMARY KEY,
      number integer GENERATED ALWAYS AS IDENTITY,
      id uuid NOT NULL UNIQUE DEFAULT gen_random_uuid(),
      "table" text NOT NULL,
      key text NOT NULL,
      rows integer NOT NULL CHECK (rows > 0),
      sql text NOT NULL,
      after text,
      done bigint NOT NULL DEFAULT 0,
      noted_at timestamptz NOT NULL DEFAULT now(),
      batch_at timestamptz,
      finished_at timestamptz
    );
    CREATE INDEX backfills_unfinished ON parley.backfills (number) WHERE finished_at IS NULL;

    -- The document's line as src/payments/invoice/invoice-texts.ts has it, in the languages that the product speaks.
    CREATE FUNCTION parley.describe_session(session_id uuid) RETURNS text LANGUAGE sql STABLE AS $$
      SELECT left(CASE WHEN said.language = 'de'
        THEN format('%s mit %s, %s. %s %s (%s)', t.name, c.name, extract(day FROM said.day), (ARRAY['Januar', 'Februar', 'März', 'April', 'Mai',
          'Juni', 'Juli', 'August', 'September', 'Oktober', 'November', 'Dezember'])[extract(month FROM said.day)::int],
          extract(year FROM said.day), s.reference)
        ELSE format('%s with %s, %s %s %s (%s)', t.name, c.name, extract(day FROM said.day), (ARRAY['January', 'February', 'March', 'April', 'May',
          'June', 'July', 'August', 'September', 'October', 'November', 'December'])[extract(month FROM said.day)::int],
          extract(year FROM said.day), s.reference) END, 1000)
      FROM public.scheduled_sessions s JOIN public.customers cu ON cu.id = s.customer_id
      JOIN public.consultant_profiles c ON c.id = s.consultant_id JOIN public.service_types t ON t.id = s.service_type_id
      CROSS JOIN LATERAL (SELECT s.starts_at AT TIME ZONE coalesce(s.time_zone, 'UTC') AS day,
        lower(split_part(coalesce(s.language, cu.language, 'en'), '-', 1)) AS language) said
      WHERE s.id = session_id
    $$;`,
  ),
  backfill('invoices', { table: 'public.payments', rows: 500, sql: issueMissing('invoice') }),
  backfill('credit notes', { table: 'public.refunds', rows: 500, sql: issueMissing('credit_note') }),
  // Whoever refunds meanwhile writes both in one transaction, and is then passed over.
  backfill('returned amounts', {
    table: 'public.payments',
    sql: `UPDATE public.payments p SET refunded_amount = returned.amount
      FROM (SELECT payment_id, sum(amount) AS amount FROM public.refunds
        WHERE status = 'succeeded' AND payment_id BETWEEN $1 AND $2 GROUP BY payment_id) returned
      WHERE p.id BETWEEN $1 AND $2 AND returned.payment_id = p.id AND coalesce(p.refunded_amount, 0) = 0`,
  }),
])

export const down = inSteps([
  transaction('backfills', 'DROP FUNCTION parley.describe_session(uuid); DROP TABLE parley.backfills'),
])

/** Documents of those payments or refunds between `$1` and `$2` that lack one, numbered in one go: the series is held no longer than that takes. */
function issueMissing(kind: 'invoice' | 'credit_note'): string {
  const lacking = {
    invoice: `SELECT p.id AS payment_id, NULL::uuid AS refund_id, NULL::uuid AS corrects_id, p.amount, p.id AS place, p.currency,
        p.scheduled_session_id FROM public.payments p
      WHERE p.id BETWEEN $1 AND $2
        AND p.status::text IN ('succeeded', 'partially_refunded', 'refunded', 'disputed', 'chargeback')
        AND NOT EXISTS (SELECT FROM public.invoices i WHERE i.payment_id = p.id AND i.kind = 'invoice') FOR UPDATE OF p`,
    credit_note: `SELECT r.payment_id, r.id AS refund_id, i.id AS corrects_id, r.amount, r.id AS place, r.currency,
        r.scheduled_session_id FROM public.refunds r
      LEFT JOIN public.invoices i ON i.payment_id = r.payment_id AND i.kind = 'invoice'
      WHERE r.id BETWEEN $1 AND $2 AND r.status = 'succeeded'
        AND NOT EXISTS (SELECT FROM public.invoices n WHERE n.refund_id = r.id AND n.kind = 'credit_note') FOR UPDATE OF r`,
  }[kind]
  const prefix = kind === 'invoice' ? '' : 'CN-'
  return `WITH lacking AS MATERIALIZED (${lacking}),
    series AS (SELECT '${prefix}' || extract(year FROM now() AT TIME ZONE 'UTC') AS name),
    taken AS (
      INSERT INTO parley.number_series (series, last_number)
      SELECT series.name, count(*) FROM lacking, series GROUP BY series.name
      ON CONFLICT (series) DO UPDATE SET last_number = number_series.last_number + excluded.last_number
      RETURNING series, last_number
    )
    INSERT INTO public.invoices (id, number, kind, payment_id, refund_id, corrects_id, scheduled_session_id, customer_id, amount, currency,
      description, bill_to, issuer, issued_at, updated_at, created_at)
    SELECT gen_random_uuid(),
      taken.series || '-' || CASE WHEN numbered.number < 1000000 THEN lpad(numbered.number::text, 6, '0') ELSE numbered.number::text END,
      '${kind}', l.payment_id, l.refund_id, l.corrects_id, l.scheduled_session_id, cu.id, l.amount, l.currency::text::public.enum_invoices_currency,
      parley.describe_session(l.scheduled_session_id),
      jsonb_build_object('name', cu.name, 'company', nullif(cu.company, ''), 'email', cu.email,
        'address', to_jsonb(array_remove(ARRAY[nullif(cu.address_street, ''), nullif(concat_ws(' ', nullif(cu.address_zip_code, ''),
          nullif(cu.address_city, '')), ''), nullif(cu.address_state, ''), nullif(cu.address_country, '')], NULL)),
        'language', coalesce(s.language, cu.language, 'en')),
      coalesce((SELECT jsonb_build_object('name', coalesce(nullif(invoice_issuer_name, ''), 'Parley'), 'address', invoice_issuer_address,
        'taxId', invoice_issuer_tax_id, 'email', invoice_issuer_email, 'footer', invoice_issuer_footer) FROM public.booking_settings LIMIT 1),
        '{"name": "Parley", "address": null, "taxId": null, "email": null, "footer": null}'),
      now(), now(), now()
    FROM (SELECT *, row_number() OVER (ORDER BY place) AS position, count(*) OVER () AS total FROM lacking) l
    CROSS JOIN taken
    CROSS JOIN LATERAL (SELECT taken.last_number - l.total + l.position AS number) numbered
    JOIN public.scheduled_sessions s ON s.id = l.scheduled_session_id
    JOIN public.customers cu ON cu.id = s.customer_id`
}
