import { type MigrateDownArgs, type MigrateUpArgs, sql } from '@payloadcms/db-postgres'

/**
 * Balances derived from the ledger, and every way in which the books can contradict themselves, as views that anybody may query.
 * The views stand on functions, whose text PostgreSQL does not follow: columns of Payload's tables can still be changed.
 */
export async function up({ db }: MigrateUpArgs): Promise<void> {
  await db.execute(sql`
    -- As src/shared/money.ts and src/payments/ledger/ledger-kinds.ts have them; a test compares.
    CREATE FUNCTION parley.currency_step(code text) RETURNS numeric LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
      SELECT CASE WHEN code IN ('BHD', 'JOD', 'KWD', 'OMR', 'TND') THEN 10 WHEN code IN ('ISK', 'UGX') THEN 100 ELSE 1 END
    $$;

    CREATE VIEW parley.ledger_moves (kind, cash, platform, consultant, customer) AS VALUES
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

    -- The platform's part of what was returned of a payment, to the currency's step, half up.
    CREATE FUNCTION parley.fee_back_of(fee numeric, refunded numeric, gross numeric, code text) RETURNS numeric
      LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
      SELECT div(2 * fee * refunded + gross * step, 2 * gross * step) * step FROM (SELECT parley.currency_step(code)) AS s (step)
    $$;

    CREATE FUNCTION parley.sum_ledger() RETURNS TABLE (payment_id uuid, scheduled_session_id uuid, consultant_id uuid,
      customer_id uuid, currency text, cash numeric, platform numeric, consultant numeric, customer numeric, set_off numeric)
      LANGUAGE sql STABLE PARALLEL SAFE AS $$
      SELECT e.payment_id, e.scheduled_session_id, e.consultant_id, e.customer_id, e.currency::text,
        sum(e.amount * m.cash), sum(e.amount * m.platform), sum(e.amount * m.consultant), sum(e.amount * m.customer),
        coalesce(sum(e.amount) FILTER (WHERE m.kind IN ('netted_out', 'netted_in')), 0)
      FROM public.ledger_entries e JOIN parley.ledger_moves m ON m.kind = e.kind::text
      GROUP BY 1, 2, 3, 4, 5
    $$;
    CREATE VIEW parley.ledger_balances AS SELECT * FROM parley.sum_ledger();
    COMMENT ON VIEW parley.ledger_balances IS
      'Minor units. cash: at Stripe; platform and consultant: whose it is; customer: paid and not returned; set_off: kept back for (negative) or paid off by (positive) other payments of the consultant.';

    CREATE FUNCTION parley.list_money_under_way() RETURNS TABLE (what text, payment_id uuid, scheduled_session_id uuid,
      waits_for text, since timestamptz) LANGUAGE sql STABLE PARALLEL SAFE AS $$
      SELECT 'refund', r.payment_id, r.scheduled_session_id, CASE r.status WHEN 'pending' THEN 'bank' ELSE 'system' END, r.updated_at
      FROM public.refunds r WHERE r.status IN ('requested', 'pending')
      UNION ALL
      SELECT t.kind::text, t.payment_id, t.scheduled_session_id, 'system', t.updated_at
      FROM public.transfers t WHERE t.status = 'requested'
      UNION ALL
      SELECT 'debit', p.id, p.scheduled_session_id, 'bank', p.updated_at FROM public.payments p WHERE p.status = 'processing'
      UNION ALL
      SELECT CASE WHEN s.status IN ('scheduled', 'in_progress', 'completed', 'no_show_user') THEN 'capture' ELSE 'closing' END,
        p.id, p.scheduled_session_id, 'system', greatest(p.updated_at, s.updated_at)
      FROM public.payments p JOIN public.scheduled_sessions s ON s.id = p.scheduled_session_id
      WHERE p.status IN ('pending', 'authorized') AND s.status NOT IN ('pending_payment', 'pending_confirmation')
      UNION ALL
      SELECT 'deadline', p.id, s.id, 'system', s.payment_deadline
      FROM public.scheduled_sessions s JOIN public.payments p ON p.scheduled_session_id = s.id
      WHERE s.status IN ('pending_payment', 'pending_confirmation') AND s.payment_deadline < now()
        AND p.status IN ('pending', 'failed', 'cancelled')
      UNION ALL
      SELECT 'dispute', d.payment_id, d.scheduled_session_id, 'bank', d.opened_at
      FROM public.disputes d WHERE d.status IN ('inquiry', 'needs_response', 'under_review')
    $$;
    CREATE VIEW parley.money_under_way AS SELECT * FROM parley.list_money_under_way();
    COMMENT ON VIEW parley.money_under_way IS
      'What moves money and is not finished. waits_for system: a worker will do it; bank: only the bank knows how long.';

    CREATE FUNCTION parley.find_money_faults() RETURNS TABLE (code text, payment_id uuid, scheduled_session_id uuid,
      currency text, detail text, passing boolean) LANGUAGE sql STABLE AS $$
      WITH entries AS (
        SELECT e.payment_id, e.refund_id, e.kind::text AS kind, e.amount, e.currency::text AS currency, e.stripe_object_id,
          e.scheduled_session_id
        FROM public.ledger_entries e
      ), ledger AS (
        SELECT e.payment_id,
          count(*) FILTER (WHERE e.kind = 'charge') AS charges,
          coalesce(sum(e.amount) FILTER (WHERE e.kind = 'charge'), 0) AS charged,
          coalesce(sum(e.amount) FILTER (WHERE e.kind = 'platform_fee'), 0) AS fee,
          -coalesce(sum(e.amount) FILTER (WHERE e.kind IN ('refund', 'refund_failed')), 0) AS refunded,
          -coalesce(sum(e.amount) FILTER (WHERE e.kind IN ('platform_fee_refund', 'platform_fee_refund_failed')), 0) AS fee_back,
          coalesce(sum(e.amount) FILTER (WHERE e.kind IN ('netted_out', 'netted_in')), 0) AS set_off,
          coalesce(sum(e.amount * m.consultant), 0) AS consultant,
          -coalesce(sum(e.amount) FILTER (WHERE e.kind IN ('dispute', 'dispute_won')), 0) AS disputed,
          -coalesce(sum(e.amount) FILTER (WHERE e.kind = 'stripe_fee'), 0) AS stripe_fee,
          -coalesce(sum(e.amount) FILTER (WHERE e.kind IN ('dispute_share', 'dispute_share_returned')), 0) AS dispute_share,
          coalesce(sum(e.amount * m.cash) FILTER (WHERE e.kind NOT IN ('stripe_fee', 'dispute_fee', 'dispute_fee_returned')), 0) AS cash
        FROM entries e JOIN parley.ledger_moves m ON m.kind = e.kind GROUP BY 1
      ), returned AS (
        SELECT r.payment_id,
          coalesce(sum(r.amount) FILTER (WHERE r.status = 'succeeded'), 0) AS done,
          coalesce(sum(r.amount) FILTER (WHERE r.status IN ('requested', 'pending')), 0) AS asked,
          coalesce(sum(r.amount) FILTER (WHERE r.status = 'failed'), 0) AS failed
        FROM public.refunds r GROUP BY 1
      ), lost AS (
        SELECT d.payment_id, sum(d.withdrawn_amount) AS amount FROM public.disputes d WHERE d.status = 'lost' GROUP BY 1
      ), invoiced AS (
        SELECT i.payment_id, count(*) AS invoices, sum(i.amount) AS invoiced FROM public.invoices i
        WHERE i.kind::text = 'invoice' GROUP BY 1
      ), paid_out AS (
        SELECT t.payment_id,
          coalesce(sum(t.amount) FILTER (WHERE t.kind = 'transfer'), 0) AS sent,
          coalesce(sum(t.amount) FILTER (WHERE t.kind = 'reversal'), 0) AS taken_back,
          coalesce(sum(t.amount) FILTER (WHERE t.kind = 'netting'), 0) AS netted,
          coalesce(sum(t.amount) FILTER (WHERE t.kind = 'receivable'), 0) AS debts,
          coalesce(sum(t.recovered_amount) FILTER (WHERE t.kind = 'receivable'), 0) AS recovered
        FROM public.transfers t WHERE t.status = 'succeeded' GROUP BY 1
      ), under_way AS (
        SELECT DISTINCT w.payment_id FROM parley.list_money_under_way() w
      ), pay AS (
        SELECT p.id, p.scheduled_session_id, p.currency::text AS currency, p.status::text AS status, p.amount,
          p.platform_fee_amount, p.consultant_payout_amount, s.status::text AS session_status,
          s.price_amount, s.price_currency::text AS price_currency,
          p.payout_paid_amount, p.payout_reversed_amount, p.payout_netted_amount, p.refunded_amount,
          coalesce(p.stripe_fee_amount, 0) AS stripe_fee_amount, coalesce(l.stripe_fee, 0) AS stripe_fee,
          p.payout_status::text AS payout_status, p.payout_due_at, coalesce(l.dispute_share, 0) AS dispute_share, d.amount AS lost,
          coalesce(i.invoices, 0) AS invoices, coalesce(i.invoiced, 0) AS invoiced,
          p.status IN ('succeeded', 'partially_refunded', 'refunded', 'disputed', 'chargeback') AS is_collected,
          w.payment_id IS NOT NULL AS passing,
          coalesce(l.charges, 0) AS charges, coalesce(l.charged, 0) AS charged, coalesce(l.fee, 0) AS fee,
          coalesce(l.refunded, 0) AS refunded, coalesce(l.fee_back, 0) AS fee_back, coalesce(l.set_off, 0) AS set_off,
          coalesce(l.consultant, 0) AS consultant, coalesce(l.cash, 0) AS cash, coalesce(l.disputed, 0) AS disputed,
          coalesce(r.done, 0) AS returned, coalesce(r.asked, 0) AS returning, coalesce(r.failed, 0) AS not_returned,
          coalesce(t.sent, 0) AS sent, coalesce(t.taken_back, 0) AS taken_back, coalesce(t.netted, 0) AS netted,
          coalesce(t.debts, 0) AS debts, coalesce(t.debts - t.recovered, 0) AS open_debt
        FROM public.payments p
        JOIN public.scheduled_sessions s ON s.id = p.scheduled_session_id
        LEFT JOIN ledger l ON l.payment_id = p.id
        LEFT JOIN returned r ON r.payment_id = p.id
        LEFT JOIN lost d ON d.payment_id = p.id
        LEFT JOIN invoiced i ON i.payment_id = p.id
        LEFT JOIN paid_out t ON t.payment_id = p.id
        LEFT JOIN under_way w ON w.payment_id = p.id
      )
      SELECT rule.code, p.id, p.scheduled_session_id, p.currency, rule.detail, rule.passing
      FROM pay p CROSS JOIN LATERAL (VALUES
        ('charge_missing', CASE WHEN p.is_collected AND p.charges = 0
          THEN format('The payment is %s, but no charge is booked.', p.status) END, false),
        ('charge_not_collected', CASE WHEN NOT p.is_collected AND p.charges > 0
          THEN format('A charge is booked, but the payment is %s.', p.status) END, false),
        ('charge_twice', CASE WHEN p.charges > 1 THEN format('%s charges are booked.', p.charges) END, false),
        ('charge_differs', CASE WHEN p.charges > 0 AND p.charged <> p.amount * p.charges
          THEN format('Booked as charged: %s; the payment: %s.', p.charged, p.amount) END, false),
        ('fee_differs', CASE WHEN p.fee <> CASE WHEN p.charges > 0 THEN p.platform_fee_amount ELSE 0 END
          THEN format('Booked as the platform''s fee: %s; agreed: %s.', p.fee, p.platform_fee_amount) END, false),
        ('refunded_too_much', CASE WHEN p.returned > p.amount
          THEN format('Returned: %s; paid: %s.', p.returned, p.amount) END, false),
        ('refunded_amount_differs', CASE WHEN p.refunded_amount <> p.returned
          THEN format('The payment says returned %s; its refunds say %s.', p.refunded_amount, p.returned) END, false),
        ('stripe_fee_differs', CASE WHEN p.stripe_fee_amount <> p.stripe_fee
          THEN format('The payment says that Stripe kept %s; the ledger says %s.', p.stripe_fee_amount, p.stripe_fee) END, false),
        ('invoice_differs', CASE
            WHEN p.invoices <> p.is_collected::int OR (p.invoices = 1 AND p.invoiced <> p.amount)
          THEN format('The payment over %s is %s and has %s invoices over %s.', p.amount, p.status, p.invoices, p.invoiced) END, false),
        ('fee_back_differs', CASE WHEN p.returned <= p.amount
            AND p.fee_back <> parley.fee_back_of(p.platform_fee_amount, p.returned, p.amount, p.currency)
          THEN format('Booked as fee given back: %s; due: %s.', p.fee_back,
            parley.fee_back_of(p.platform_fee_amount, p.returned, p.amount, p.currency)) END, false),
        ('status_differs', CASE
            WHEN p.returning = 0 AND p.status IN ('succeeded', 'partially_refunded', 'refunded') AND p.status <>
              CASE WHEN p.returned = 0 THEN 'succeeded' WHEN p.returned < p.amount THEN 'partially_refunded' ELSE 'refunded' END
          THEN format('The payment is %s, but %s of %s was returned.', p.status, p.returned, p.amount) END, p.passing),
        ('price_differs', CASE WHEN p.price_amount <> p.amount OR p.price_currency <> p.currency
          THEN format('Price of the session: %s %s; the payment: %s.', p.price_amount, p.price_currency, p.amount) END, false),
        ('payout_fields_differ', CASE
            WHEN (p.payout_paid_amount, p.payout_reversed_amount, p.payout_netted_amount)
              IS DISTINCT FROM (p.sent, p.taken_back, p.netted)
          THEN format('The payment says paid out %s, taken back %s, set off %s; its transfers say %s, %s, %s.',
            p.payout_paid_amount, p.payout_reversed_amount, p.payout_netted_amount, p.sent, p.taken_back, p.netted) END, false),
        ('payout_status_differs', CASE
            WHEN p.payout_status IN ('paid', 'reversed', 'not_due')
              AND (p.payout_status = 'paid') <> (p.sent - p.taken_back + p.netted > 0)
          THEN format('The payout is %s; paid out and not taken back: %s.', p.payout_status, p.sent - p.taken_back + p.netted) END,
          p.passing),
        ('payout_late', CASE
            WHEN p.payout_due_at < now() AND p.payout_status <> 'held' AND p.is_collected AND p.status <> 'disputed'
              AND p.returning = 0 AND p.consultant + p.set_off + p.open_debt > 0
          THEN format('%s are owed to the consultant since %s, and the payout is %s.', p.consultant + p.set_off + p.open_debt,
            to_char(p.payout_due_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI "UTC"'), p.payout_status) END,
          p.passing OR p.payout_due_at > now() - interval '1 hour'),
        -- Of what refunds and lost disputes took together, the platform bears its fee's part, and all that exceeds the price.
        ('dispute_share_differs', CASE
            WHEN p.lost IS NOT NULL AND p.fee_back + p.dispute_share <>
              parley.fee_back_of(p.platform_fee_amount, least(p.returned + p.lost, p.amount), p.amount, p.currency)
                + greatest(p.returned + p.lost - p.amount, 0)
          THEN format('Returned %s and lost %s of %s: the platform has borne %s of it.', p.returned, p.lost, p.amount,
            p.fee_back + p.dispute_share) END, p.passing),
        ('debt_too_large', CASE WHEN p.debts > p.sent - p.taken_back + p.netted
          THEN format('Debts: %s; paid out and not taken back: %s.', p.debts, p.sent - p.taken_back + p.netted) END, false),
        -- What is still owed to the consultant; while a dispute is open, what the bank withdrew is nobody's yet.
        ('balance_differs', CASE WHEN p.consultant + p.set_off + p.open_debt < 0
          THEN format('The consultant''s balance is %s, and of that only %s is recorded as a debt.',
            p.consultant + p.set_off, p.open_debt) END, p.passing),
        ('does_not_add_up', CASE
            WHEN p.charges = 1 AND p.amount - p.returned - p.disputed - (p.sent - p.taken_back) <> p.cash
          THEN format('Paid %s − returned %s − disputed %s − paid out %s ≠ %s in the ledger.', p.amount, p.returned, p.disputed,
            p.sent - p.taken_back, p.cash) END, false),
        ('unpaid', CASE
            WHEN p.session_status IN ('scheduled', 'in_progress', 'completed', 'no_show_user') AND p.price_amount > 0
              AND NOT p.is_collected
          THEN format('The session is %s, but its payment is %s.', p.session_status, p.status) END, p.passing),
        ('kept_for_nothing', CASE
            WHEN p.session_status IN ('expired', 'declined', 'cancelled_by_consultant', 'cancelled_by_operations',
                'no_show_consultant', 'refunded')
              AND p.is_collected AND p.status <> 'chargeback' AND p.amount > p.returned + p.returning + p.not_returned
          THEN format('The session is %s, but %s of %s is neither returned nor on its way.', p.session_status,
            p.amount - p.returned - p.returning, p.amount) END, p.passing)
      ) AS rule (code, detail, passing)
      WHERE rule.detail IS NOT NULL

      UNION ALL
      -- Each refund by itself: in the books when it succeeded, out of them again when it failed later.
      SELECT 'refund_differs', r.payment_id, r.scheduled_session_id, r.currency::text,
        format('Refund %s is %s over %s; the ledger has %s.', r.reference, r.status, r.amount, coalesce(sum(e.amount), 0)), false
      FROM public.refunds r
      LEFT JOIN entries e ON e.refund_id = r.id AND e.kind IN ('refund', 'refund_failed')
      GROUP BY r.id HAVING coalesce(sum(e.amount), 0) <> CASE WHEN r.status = 'succeeded' THEN -r.amount ELSE 0 END
        OR count(e.amount) FILTER (WHERE e.payment_id IS DISTINCT FROM r.payment_id) > 0
      UNION ALL
      SELECT 'refund_differs', e.payment_id, e.scheduled_session_id, e.currency,
        format('The entry of %s belongs to no refund.', e.stripe_object_id), false
      FROM entries e WHERE e.kind IN ('refund', 'refund_failed', 'platform_fee_refund', 'platform_fee_refund_failed')
        AND e.refund_id IS NULL

      UNION ALL
      -- What was returned has its credit note; what came back has that taken back by a debit note.
      SELECT 'invoice_differs', r.payment_id, r.scheduled_session_id, r.currency::text,
        format('Refund %s is %s over %s; its credit notes less its debit notes are %s.', r.reference, r.status, r.amount,
          coalesce(sum(CASE i.kind::text WHEN 'debit_note' THEN -i.amount ELSE i.amount END), 0)), false
      FROM public.refunds r LEFT JOIN public.invoices i ON i.refund_id = r.id
      GROUP BY r.id HAVING coalesce(sum(CASE i.kind::text WHEN 'debit_note' THEN -i.amount ELSE i.amount END), 0)
        <> CASE WHEN r.status = 'succeeded' THEN r.amount ELSE 0 END
      UNION ALL
      SELECT 'numbers_have_gaps', NULL, NULL, NULL,
        format('The last number of %s is %s, and there are %s documents.', s.series, s.last_number, count(i.id)), false
      FROM parley.number_series s LEFT JOIN public.invoices i ON i.number LIKE s.series || '-%'
      GROUP BY s.series HAVING count(i.id) <> s.last_number

      UNION ALL
      SELECT 'currency_differs', e.payment_id, e.scheduled_session_id, e.currency,
        format('An entry (%s of %s) is in %s, the payment in %s.', e.kind, e.stripe_object_id, e.currency, p.currency), false
      FROM entries e JOIN public.payments p ON p.id = e.payment_id
      WHERE e.currency <> p.currency::text AND e.kind NOT IN ('stripe_fee', 'dispute_fee', 'dispute_fee_returned')
      UNION ALL
      SELECT 'currency_differs', p.id, p.scheduled_session_id, p.currency::text,
        format('%s %s is in %s.', o.what, o.reference, o.currency), false
      FROM public.payments p JOIN (
        SELECT 'Refund' AS what, r.payment_id, r.reference, r.currency::text AS currency FROM public.refunds r
        UNION ALL SELECT 'Transfer', t.payment_id, t.reference, t.currency::text FROM public.transfers t
      ) o ON o.payment_id = p.id AND o.currency <> p.currency::text
      UNION ALL
      SELECT 'amount_differs', e.payment_id, e.scheduled_session_id, e.currency,
        format('%s of %s is no amount of %s: %s.', e.kind, e.stripe_object_id, e.currency, e.amount), false
      FROM entries e WHERE e.amount % parley.currency_step(e.currency) <> 0 AND e.kind NOT IN ('stripe_fee', 'dispute_fee', 'dispute_fee_returned')
      UNION ALL
      SELECT 'entry_of_nothing', NULL, e.scheduled_session_id, e.currency,
        format('The entry (%s of %s) belongs to no payment.', e.kind, e.stripe_object_id), false
      FROM entries e WHERE e.payment_id IS NULL

      UNION ALL
      SELECT 'transfer_differs', coalesce(t.payment_id, e.payment_id), coalesce(t.scheduled_session_id, e.scheduled_session_id),
        coalesce(t.currency, e.currency),
        CASE WHEN t.id IS NULL THEN format('The entry of %s belongs to no transfer.', e.stripe_object_id)
          ELSE format('%s %s over %s; the ledger has %s.', initcap(t.kind), t.reference, t.amount, coalesce(e.amount, 0)) END, false
      FROM (
        SELECT t.id, t.reference, t.kind::text AS kind, t.amount, t.payment_id, t.scheduled_session_id, t.currency::text AS currency,
          CASE t.kind WHEN 'transfer' THEN 'transfer' ELSE 'transfer_reversal' END AS entry, t.stripe_object_id
        FROM public.transfers t WHERE t.kind IN ('transfer', 'reversal') AND t.status = 'succeeded'
      ) t FULL JOIN (SELECT * FROM entries WHERE kind IN ('transfer', 'transfer_reversal')) e
        ON e.stripe_object_id = t.stripe_object_id AND e.kind = t.entry AND e.payment_id = t.payment_id
      WHERE t.id IS NULL OR e.payment_id IS NULL OR abs(e.amount) <> t.amount
      UNION ALL
      SELECT 'reversed_too_much', t.payment_id, t.scheduled_session_id, t.currency::text,
        format('Of %s over %s, %s was taken back.', t.reference, t.amount, sum(r.amount)), false
      FROM public.transfers t JOIN public.transfers r ON r.against_id = t.id AND r.kind = 'reversal' AND r.status = 'succeeded'
      GROUP BY t.id HAVING sum(r.amount) > t.amount
      UNION ALL
      SELECT 'recovered_differs', t.payment_id, t.scheduled_session_id, t.currency::text,
        format('Of the debt %s over %s, %s counts as recovered, and %s was set off.', t.reference, t.amount, t.recovered_amount,
          coalesce(sum(n.amount), 0)), false
      FROM public.transfers t LEFT JOIN public.transfers n ON n.against_id = t.id AND n.kind = 'netting'
      WHERE t.kind = 'receivable'
      GROUP BY t.id HAVING t.recovered_amount <> coalesce(sum(n.amount), 0) OR t.recovered_amount > t.amount
        OR count(*) FILTER (WHERE n.consultant_id <> t.consultant_id OR n.currency::text <> t.currency::text) > 0
      UNION ALL
      SELECT 'netting_differs', n.payment_id, n.scheduled_session_id, n.currency::text,
        format('%s over %s is not set off in the ledger on both sides.', n.reference, n.amount), false
      FROM public.transfers n JOIN public.transfers debt ON debt.id = n.against_id
      WHERE n.kind = 'netting' AND NOT (
        EXISTS (SELECT FROM entries e WHERE e.stripe_object_id = n.id::text AND e.kind = 'netted_out'
          AND e.amount = -n.amount AND e.payment_id = n.payment_id)
        AND EXISTS (SELECT FROM entries e WHERE e.stripe_object_id = n.id::text AND e.kind = 'netted_in'
          AND e.amount = n.amount AND e.payment_id = debt.payment_id))
      UNION ALL
      SELECT 'netting_differs', NULL, NULL, e.currency, format('What was set off does not cancel out: %s is left.', sum(e.amount)), false
      FROM entries e WHERE e.kind IN ('netted_out', 'netted_in') GROUP BY e.currency HAVING sum(e.amount) <> 0

      UNION ALL
      SELECT 'dispute_differs', d.payment_id, d.scheduled_session_id, d.currency::text,
        format('Dispute %s is %s, %s were withdrawn; the ledger has %s.', d.reference, d.status, d.withdrawn_amount,
          coalesce(sum(e.amount), 0)), d.status = 'won' AND d.updated_at > now() - interval '1 hour'
      FROM public.disputes d LEFT JOIN entries e ON e.stripe_object_id = d.stripe_dispute_id AND e.kind IN ('dispute', 'dispute_won')
      GROUP BY d.id HAVING coalesce(sum(e.amount), 0) <> CASE WHEN d.status = 'won' THEN 0 ELSE -d.withdrawn_amount END

      UNION ALL
      SELECT 'claims_overlap', NULL, a.scheduled_session_id, NULL,
        format('Two claims of one consultant overlap from %s.', greatest(a.occupied_from, b.occupied_from)), false
      FROM public.availability_slots a JOIN public.availability_slots b ON b.consultant_id = a.consultant_id AND b.id > a.id
        AND b.status IN ('held', 'booked', 'blocked')
        AND tstzrange(a.occupied_from, a.occupied_until, '[)') && tstzrange(b.occupied_from, b.occupied_until, '[)')
      WHERE a.status IN ('held', 'booked', 'blocked')

      UNION ALL
      SELECT 'stuck', w.payment_id, w.scheduled_session_id, NULL,
        format('A step (%s) has waited since %s.', w.what, to_char(w.since AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI "UTC"')), false
      FROM parley.list_money_under_way() w WHERE w.waits_for = 'system' AND w.since < now() - interval '1 hour'
    $$;
    CREATE VIEW parley.money_faults AS SELECT * FROM parley.find_money_faults();
    COMMENT ON VIEW parley.money_faults IS
      'Where the books contradict themselves. passing: something of the payment is under way that may put it right.';
  `)
}

export async function down({ db }: MigrateDownArgs): Promise<void> {
  await db.execute(sql`
    DROP VIEW parley.money_faults, parley.money_under_way, parley.ledger_balances;
    DROP FUNCTION parley.find_money_faults, parley.list_money_under_way, parley.sum_ledger, parley.fee_back_of;
    DROP VIEW parley.ledger_moves;
    DROP FUNCTION parley.currency_step;
  `)
}
