import { expect } from 'vitest'
import { Refusal } from '#sandbox/stripe/refusal'
import { Crashed, killedAfter } from '../../support/crash'
import { guest, hourIn, iso } from '../../support/fixtures'
import { runJobsOnce } from '../../support/jobs'
import { payElsewhere } from '../../support/pay-elsewhere'
import type { RestAnswer } from '../../support/rest-client'
import type { Currency, MoneyWorld, Offer } from './money-world'

/** What moves money; mails, calendars and published time are left out. */
const moneyTasks = [
  'process-stripe-event',
  'expire-payment',
  'expire-confirmation',
  'expire-authorization',
  'close-refunded-session',
  'look-up-stripe-fee',
  'complete-session',
  'settle-payment',
  'settle-payout',
  'answer-dispute',
  'sync-payout-account',
  'run-refund',
  'release-hold',
  'reconcile',
  'sweep',
]

export type Booked = {
  id: string
  paymentId: string
  url: string
  auth: Record<string, string>
  start: number
}

const minute = 60_000
const day = 86_400_000
/** Seconds; longer than anything looks back. */
const long = 100 * 86_400

/** Everything that a sequence writes. */
const leftovers = [
  'ledger_entries',
  'invoices',
  'parley.number_series',
  'transfers',
  'disputes',
  'refunds',
  'payments',
  'scheduled_sessions',
  'availability_slots',
  'stripe_events',
  'reconciliation_findings',
  'reconciliation_runs',
  'parley.reconciliation_seen',
  'graphile_worker._private_jobs',
]

/** Refusals that a caller may well meet; anything else of the API is a fault of ours. */
const expected = new Set([
  'slot_taken',
  'slot_not_offered',
  'illegal_transition',
  'outside_policy',
  'conflict',
  'provider_failed',
  'invalid_request',
])

const isOpen = ({ status }: { status: string }): boolean => !['won', 'lost', 'warning_closed'].includes(status)

/** Half an hour, and as much again between two sessions of one sequence. */
const hoursApart = 1

/**
 * One history of bookings of one consultant: what its commands do, and what must be so at its end. Nothing happens by itself:
 * jobs run when a command lets them, events arrive when one delivers them.
 */
export class Sequence {
  readonly #world: MoneyWorld
  readonly #offer: Offer
  readonly #sessions: Booked[] = []
  /** Of the events that the sandbox has made, how many were looked at. */
  #seenEvents: number
  #keys = 0
  /** Held back by a command, in the order in which they happened. */
  #undelivered: object[] = []

  constructor(world: MoneyWorld, currency: Currency) {
    this.#world = world
    this.#offer = world.offers[currency]
    this.#seenEvents = world.stripe.control.events().length
  }

  get #control() {
    return this.#world.stripe.control
  }

  async #query<Row extends object>(text: string, values: unknown[] = []): Promise<Row[]> {
    return (await this.#world.pool.query<Row>(text, values)).rows
  }

  session(index: number): Booked | undefined {
    return this.#sessions.length ? this.#sessions[index % this.#sessions.length] : undefined
  }

  /** As a web process that is killed after so many steps, or one that lives. */
  async #inProcess<T>(steps: number | undefined, work: () => Promise<T>): Promise<T | undefined> {
    if (steps === undefined) return work()
    try {
      return await killedAfter(steps, work)
    } catch (error) {
      if (error instanceof Crashed) return undefined
      throw error
    }
  }

  #check({ status, json, text }: RestAnswer): void {
    if (status < 400) return
    expect(expected.has(json?.code), text).toBe(true)
  }

  async book(kind: 'direct' | 'confirmed', args: { sameTimeAs?: number | undefined; crash?: number | undefined }) {
    const other = args.sameTimeAs === undefined ? undefined : this.session(args.sameTimeAs)
    const start = other?.start ?? hourIn(9, 8 + hoursApart * this.#sessions.length)
    const body = {
      consultant: this.#offer.consultant.slug,
      serviceType: this.#offer[kind].slug,
      start: iso(start),
      customer: guest(),
    }
    const headers = { 'Idempotency-Key': `${this.#offer.consultant.slug}-${Date.now()}-${this.#keys++}` }
    const send = () => this.#world.api.post('/booking/sessions', body, headers)
    let answer = await this.#inProcess(args.crash, send)
    // What a client does that got no answer, or a bad one.
    for (let attempt = 0; attempt < 2 && (!answer || answer.status >= 500); attempt++) answer = await send()
    if (!answer) throw new Error('Nobody answered.')
    this.#check(answer)
    if (answer.status === 201) {
      await this.#remember(answer.json.session.reference, answer.json.manageToken, start)
    } else if (answer.status >= 500) {
      // The session may be there although Stripe could not be reached; its customer has no token, but it counts.
      const [row] = await this.#query<{ reference: string }>(
        `SELECT s.reference FROM scheduled_sessions s JOIN customers c ON c.id = s.customer_id WHERE c.email = $1`,
        [body.customer.email],
      )
      if (row) await this.#remember(row.reference, '', start)
    }
  }

  /** Operations say that it was paid elsewhere; Stripe hears nothing of it. */
  async bookElsewhere(): Promise<void> {
    const count = this.#sessions.length
    await this.book('direct', {})
    const session = this.#sessions[count]
    if (!session) return
    const { payload, operations } = this.#world
    await payElsewhere(payload, { session: session.url.split('/').at(-1) ?? '', operations })
  }

  /** Operations have returned the oldest refund of a session that waits for them; one that Stripe returns is none. */
  async returnRefund(index: number, crash: number | undefined) {
    const session = this.session(index)
    if (!session) return
    const [row] = await this.#query<{ reference: string }>(
      `SELECT reference FROM refunds WHERE payment_id = $1 AND status = 'requested' ORDER BY id LIMIT 1`,
      [session.paymentId],
    )
    if (!row) return
    const answer = await this.#inProcess(crash, () =>
      this.#world.staff.post(`/payments/refunds/${row.reference}/returned`, { reference: 'By transfer' }),
    )
    if (answer) this.#check(answer)
  }

  async #remember(reference: string, token: string, start: number): Promise<void> {
    const [row] = await this.#query<{ id: string; paymentId: string }>(
      `SELECT s.id, p.id AS "paymentId" FROM scheduled_sessions s JOIN payments p ON p.scheduled_session_id = s.id WHERE s.reference = $1`,
      [reference],
    )
    if (!row) throw new Error(`Session ${reference} is not there, or has no payment.`)
    this.#sessions.push({
      ...row,
      url: `/booking/sessions/${reference}`,
      auth: { Authorization: `Bearer ${token}` },
      start,
    })
  }

  async #payment(session: Booked) {
    const [row] = await this.#query<{ checkoutId: string | null; intentId: string | null; status: string }>(
      `SELECT stripe_checkout_session_id AS "checkoutId", stripe_payment_intent_id AS "intentId", status FROM payments WHERE id = $1`,
      [session.paymentId],
    )
    if (!row) throw new Error('Payments are never deleted.')
    const { payment_intent: known = null } = this.#control.tables().checkout_sessions[row.checkoutId ?? ''] ?? {}
    return { ...row, intentId: row.intentId ?? known }
  }

  /** The customer pays on Stripe's page, if they ever got there. */
  async pay(index: number, how: 'card' | 'declined' | 'debit') {
    const session = this.session(index)
    const { checkoutId } = session ? await this.#payment(session) : {}
    if (!checkoutId) return
    if (how === 'declined') this.#control.declineNext()
    this.#control.payCheckout(checkoutId, how === 'debit' ? { method: 'bank_debit' } : {})
  }

  async settleDebit(index: number, how: 'succeeded' | 'failed') {
    const session = this.session(index)
    const { intentId } = session ? await this.#payment(session) : {}
    if (intentId) this.#control.settleDebit(intentId, how)
  }

  async #post(
    session: Booked,
    path: string,
    as: 'customer' | 'consultant' | 'operations',
    body: object,
    crash?: number,
  ) {
    const api = { customer: this.#world.api, consultant: this.#offer.host, operations: this.#world.staff }[as]
    const answer = await this.#inProcess(crash, () =>
      api.post(`${session.url}${path}`, body, as === 'customer' ? session.auth : {}),
    )
    // Who never got a token is told that there is no such session.
    if (answer && !(answer.json?.code === 'not_found' && session.auth.Authorization === 'Bearer ')) this.#check(answer)
  }

  async act(
    index: number,
    path: string,
    as: 'customer' | 'consultant' | 'operations',
    { body = {}, crash }: { body?: object; crash?: number | undefined } = {},
  ) {
    const session = this.session(index)
    if (session) await this.#post(session, path, as, body, crash)
  }

  async reschedule(index: number, as: 'customer' | 'operations', crash: number | undefined) {
    const session = this.session(index)
    if (!session) return
    const start = hourIn(12, 8 + this.#keys++)
    await this.#post(session, '/reschedule', as, { start: iso(start) }, crash)
  }

  /** Operations return all of it, or a third. */
  async refund(index: number, part: 1 | 3, crash: number | undefined) {
    const session = this.session(index)
    if (!session) return
    const [{ withTransaction }, { requireRefund }, { DomainError }, { systemActor }] = await Promise.all([
      import('#database/transactions'),
      import('#payments/refund/request-refund'),
      import('#shared/errors'),
      import('#shared/actor'),
    ])
    const amount = await this.#partOf(session, part)
    await this.#inProcess(crash, async () => {
      try {
        await withTransaction(this.#world.payload, (req) =>
          requireRefund(req, {
            paymentId: session.paymentId,
            ...(part === 1 ? {} : { amount }),
            reason: 'goodwill',
            by: systemActor,
          }),
        )
      } catch (error) {
        if (!(error instanceof DomainError)) throw error
      }
    })
  }

  async #partOf(session: Booked, part: number): Promise<number> {
    const [row] = await this.#query<{ part: number }>(
      `SELECT (greatest(div(amount, $2 * parley.currency_step(currency::text)), 1) * parley.currency_step(currency::text))::int AS part
       FROM payments WHERE id = $1`,
      [session.paymentId, part],
    )
    return row?.part ?? 0
  }

  async refundFromDashboard(index: number, part: 1 | 3) {
    const session = this.session(index)
    if (!session) return
    const { intentId } = await this.#payment(session)
    const chargeId = this.#control.tables().payment_intents[intentId ?? '']?.latest_charge
    const charge = this.#control.tables().charges[chargeId ?? '']
    if (!intentId || !charge?.captured) return
    const left = charge.amount - charge.amount_refunded
    const amount = part === 1 ? left : Math.min(left, await this.#partOf(session, part))
    if (amount > 0) this.#unlessRefused(() => this.#control.refundFromDashboard(intentId, amount))
  }

  /** What Stripe or a bank refuses to people of its own does not happen: a refund of what is disputed, a second dispute. */
  #unlessRefused(act: () => unknown): void {
    try {
      act()
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
    }
  }

  #refundsOf(intentId: string | null) {
    return Object.values(this.#control.tables().refunds).filter(({ payment_intent: id }) => id === intentId)
  }

  /** The bank says what becomes of a refund that is under way, or sends one back. */
  async decideRefund(index: number, how: 'arrives' | 'fails') {
    const session = this.session(index)
    if (!session) return
    const { intentId } = await this.#payment(session)
    const refund = this.#refundsOf(intentId).at(-1)
    if (!refund) return
    if (how === 'arrives') this.#control.settleRefund(refund.id)
    else this.#control.failRefund(refund.id)
  }

  async #disputesOf(session: Booked) {
    const { intentId } = await this.#payment(session)
    return Object.values(this.#control.tables().disputes).filter(({ payment_intent: id }) => id === intentId)
  }

  /** The customer complains at their bank: over the whole charge, a third, or more than was paid. */
  async dispute(index: number, how: 'whole' | 'third' | 'more' | 'inquiry') {
    const session = this.session(index)
    const { intentId } = session ? await this.#payment(session) : {}
    const charge =
      this.#control.tables().charges[this.#control.tables().payment_intents[intentId ?? '']?.latest_charge ?? '']
    if (!session || !charge) return
    const third = await this.#partOf(session, 3)
    const amount = { whole: undefined, inquiry: undefined, third, more: charge.amount + third }[how]
    this.#unlessRefused(() => this.#control.disputePayment(charge.id, { amount, inquiry: how === 'inquiry' }))
  }

  async decideDispute(index: number, how: 'won' | 'lost' | 'escalated' | 'closed') {
    const session = this.session(index)
    const dispute = session && (await this.#disputesOf(session)).findLast(isOpen)
    if (!dispute) return
    const isInquiry = dispute.status.startsWith('warning_')
    if (how === 'escalated' && isInquiry) this.#control.escalateInquiry(dispute.id)
    if (how === 'closed' && isInquiry) this.#control.closeInquiry(dispute.id)
    if (how === 'won' && !isInquiry) this.#control.winDispute(dispute.id)
    if (how === 'lost' && !isInquiry) this.#control.loseDispute(dispute.id)
  }

  /** What happens to the consultant's account at Stripe. */
  changeAccount(how: 'restricted' | 'restored' | 'emptied') {
    const { accountId } = this.#offer
    if (how === 'restricted') this.#control.restrictAccount(accountId)
    if (how === 'restored') this.#control.completeAccount(accountId)
    if (how === 'emptied') this.#control.payOutAccount(accountId)
  }

  /** Operations hold a payout back, let it go, or have it tried again. */
  async changePayout(index: number, how: 'hold' | 'release' | 'retry', crash: number | undefined) {
    const session = this.session(index)
    if (!session) return
    const [row] = await this.#query<{ reference: string }>('SELECT reference FROM payments WHERE id = $1', [
      session.paymentId,
    ])
    const answer = await this.#inProcess(crash, () =>
      this.#world.staff.post(
        `/payments/${row?.reference ?? ''}/payout/${how}`,
        how === 'hold' ? { reason: 'To be looked at.' } : {},
      ),
    )
    if (answer) this.#check(answer)
  }

  nextRefund(behaviour: 'stay_pending' | 'fail_at_once') {
    this.#control.nextRefund(behaviour)
  }

  failNext(kind: 'lose' | 'server_error' | 'server_error_after' | 'disconnect', path: string) {
    // The SDK itself tries three times.
    this.#control.failNext({ kind, method: 'POST', path, times: 3 })
  }

  /** Time goes by for one session: its own instants, those of its payment and its jobs move into the past. */
  async letTimePass(index: number, until: 'deadline' | 'late' | 'started' | 'ended' | 'paid_out') {
    const session = this.session(index)
    if (!session) return
    const [row] = await this.#query<{ startsAt: number; endsAt: number; deadline: number | null }>(
      `SELECT (extract(epoch FROM starts_at) * 1000)::float8 AS "startsAt", (extract(epoch FROM ends_at) * 1000)::float8 AS "endsAt",
        (extract(epoch FROM payment_deadline) * 1000)::float8 AS deadline FROM scheduled_sessions WHERE id = $1`,
      [session.id],
    )
    if (!row) return
    const now = Date.now()
    const moment = {
      deadline: (row.deadline ?? now) + 1_000,
      late: row.startsAt - 2 * 3_600_000,
      started: row.startsAt + 10 * minute,
      ended: row.endsAt + 2 * 3_600_000,
      paid_out: row.endsAt + 10 * day,
    }[until]
    if (moment > now) await this.#shift(session, moment - now)
  }

  async #shift(session: Booked, ms: number): Promise<void> {
    const client = await this.#world.pool.connect()
    try {
      await client.query('BEGIN')
      const by = `- ${Math.ceil(ms)} * interval '1 millisecond'`
      const earlier = (...columns: string[]) => columns.map((column) => `${column} = ${column} ${by}`).join(', ')
      const of = (table: string, columns: string[], where: string, value: string) =>
        client.query(`UPDATE ${table} SET ${earlier(...columns)} WHERE ${where}`, [value])
      await of(
        'scheduled_sessions',
        ['starts_at', 'ends_at', 'payment_deadline', 'created_at', 'updated_at'],
        'id = $1',
        session.id,
      )
      await of(
        'availability_slots',
        ['starts_at', 'ends_at', 'occupied_from', 'occupied_until', 'hold_expires_at'],
        'scheduled_session_id = $1',
        session.id,
      )
      await of(
        'payments',
        ['checkout_expires_at', 'checkout_capture_before', 'payout_due_at', 'created_at', 'updated_at'],
        'id = $1',
        session.paymentId,
      )
      await of('refunds', ['requested_at', 'updated_at'], 'payment_id = $1', session.paymentId)
      await of('transfers', ['requested_at', 'updated_at'], 'payment_id = $1', session.paymentId)
      await client.query(
        `UPDATE graphile_worker._private_jobs SET run_at = run_at ${by} WHERE key LIKE '%' || $1 || '%' OR key LIKE '%' || $2 || '%'`,
        [session.id, session.paymentId],
      )
      await client.query('COMMIT')
    } catch (error) {
      await client.query('ROLLBACK')
      // Two sessions cannot take place at the same time, so this one has to wait.
      if (!(error instanceof Error && 'code' in error && error.code === '23P01')) throw error
    } finally {
      client.release()
    }
  }

  /** New events come in: in their order or another one, once or twice, or never. */
  async deliver(how: 'in_order' | 'reversed' | 'twice' | 'none' | 'later') {
    const all = this.#control.events()
    const fresh = all.slice(this.#seenEvents)
    this.#seenEvents = all.length
    if (how === 'none') return
    if (how === 'later') {
      this.#undelivered.push(...fresh)
      return
    }
    const late = this.#undelivered.splice(0)
    const events = how === 'reversed' ? [...fresh.toReversed(), ...late] : [...late, ...fresh]
    for (const event of events) {
      await this.#world.deliver(event)
      if (how === 'twice') await this.#world.deliver(event)
    }
  }

  /** How many payouts, reversals and set-offs there are of each payment that is known to be disputed. */
  async #frozenPayouts(): Promise<Map<string, number>> {
    const rows = await this.#query<{ id: string; steps: number }>(
      `SELECT p.id, (SELECT count(*) FROM transfers t WHERE t.payment_id = p.id AND t.kind <> 'receivable')::int AS steps
       FROM payments p WHERE EXISTS (SELECT 1 FROM disputes d WHERE d.payment_id = p.id
         AND d.status IN ('inquiry', 'needs_response', 'under_review'))`,
    )
    return new Map(rows.map(({ id, steps }) => [id, steps]))
  }

  /**
   * A worker does what is due; one that is killed leaves its job to the next one. Of what was disputed before and still is, it
   * pays nothing out and takes nothing back.
   */
  async work({ crash }: { crash?: number | undefined } = {}): Promise<void> {
    const frozen = await this.#frozenPayouts()
    await this.#makeFailedDue()
    await runJobsOnce(this.#world.payload, this.#world.pool, { only: moneyTasks, crash })
    for (const [id, steps] of await this.#frozenPayouts()) {
      expect(steps, 'payouts of what is disputed').toBe(frozen.get(id) ?? steps)
    }
  }

  /** The pause before the next try of what has failed, or was killed, is over. */
  async #makeFailedDue(): Promise<void> {
    await this.#query(
      `UPDATE graphile_worker._private_jobs SET run_at = now() - interval '1 second'
       WHERE attempts > 0 AND attempts < max_attempts AND run_at > now()`,
    )
  }

  async #countFailed(): Promise<number> {
    const [row] = await this.#query<{ failed: number }>(
      `SELECT count(*)::int AS failed FROM graphile_worker._private_jobs WHERE attempts > 0 AND attempts < max_attempts`,
    )
    return row?.failed ?? 0
  }

  async #drain(): Promise<void> {
    for (let round = 0; round < 5; round++) {
      await this.work()
      if (!(await this.#countFailed())) return
    }
  }

  async #enqueue(...tasks: ('sweep' | 'reconcile')[]): Promise<void> {
    const [{ withTransaction }, { enqueue }] = await Promise.all([
      import('#database/transactions'),
      import('#outbox/enqueue'),
    ])
    await withTransaction(this.#world.payload, (req) =>
      enqueue(req, ...tasks.map((task) => ({ task, payload: {}, key: `property:${task}` }))),
    )
  }

  async reconcile(crash?: number): Promise<void> {
    await this.#enqueue('reconcile')
    await this.work({ crash })
  }

  get #ids() {
    return {
      payments: this.#sessions.map(({ paymentId }) => paymentId),
      sessions: this.#sessions.map(({ id }) => id),
    }
  }

  /** Banks have decided everything, and for two hours nobody has done anything. */
  async #letEverythingSettle(): Promise<void> {
    for (const session of this.#sessions) {
      const { intentId } = await this.#payment(session)
      if (intentId) this.#control.settleDebit(intentId, 'succeeded')
      for (const refund of this.#refundsOf(intentId)) this.#control.settleRefund(refund.id)
      for (const { id, status, created } of (await this.#disputesOf(session)).filter(isOpen)) {
        if (status.startsWith('warning_')) this.#control.closeInquiry(id)
        else if (created % 2) this.#control.winDispute(id)
        else this.#control.loseDispute(id)
      }
    }
    const { payments, sessions } = this.#ids
    const age = "updated_at = updated_at - interval '2 hours'"
    await this.#query(`UPDATE payments SET ${age} WHERE id = ANY($1)`, [payments])
    await this.#query(`UPDATE refunds SET ${age} WHERE payment_id = ANY($1)`, [payments])
    await this.#query(`UPDATE transfers SET ${age} WHERE payment_id = ANY($1)`, [payments])
    await this.#query(`UPDATE disputes SET ${age} WHERE payment_id = ANY($1)`, [payments])
    await this.#query(`UPDATE scheduled_sessions SET ${age} WHERE id = ANY($1)`, [sessions])
  }

  async #comeToRest(...rounds: ('sweep' | 'reconcile')[][]): Promise<void> {
    for (const tasks of rounds) {
      await this.#enqueue(...tasks)
      await this.#drain()
    }
  }

  /** Everything that the books say of this sequence. */
  async #snapshot(): Promise<object> {
    const { payments, sessions } = this.#ids
    const [row] = await this.#query<object>(
      `SELECT
        (SELECT json_agg(t ORDER BY t.id) FROM (SELECT id, status, starts_at FROM scheduled_sessions WHERE id = ANY($2)) t) AS sessions,
        (SELECT json_agg(t ORDER BY t.id) FROM payments t WHERE id = ANY($1)) AS payments,
        (SELECT json_agg(t ORDER BY t.id) FROM refunds t WHERE payment_id = ANY($1)) AS refunds,
        (SELECT json_agg(t ORDER BY t.id) FROM transfers t WHERE payment_id = ANY($1)) AS transfers,
        (SELECT json_agg(t ORDER BY t.id) FROM disputes t WHERE payment_id = ANY($1)) AS disputes,
        (SELECT json_agg(t ORDER BY t.id) FROM ledger_entries t WHERE payment_id = ANY($1)) AS ledger,
        (SELECT json_agg(t ORDER BY t.id) FROM availability_slots t WHERE scheduled_session_id = ANY($2)) AS claims`,
      [payments, sessions],
    )
    return { ...row, atStripe: this.#control.tables().balance_transactions }
  }

  async #faults() {
    return this.#query<{ code: string; detail: string }>('SELECT code, detail, passing FROM parley.money_faults')
  }

  /** What Stripe has, by currency, and what the ledger says that it has; of this sequence, because earlier ones were put away. */
  async #balances() {
    const atStripe: Record<string, number> = {}
    for (const { net, currency, created } of Object.values(this.#control.tables().balance_transactions)) {
      if (created * 1000 < Date.now() - 50 * day) continue
      const code = currency.toUpperCase()
      atStripe[code] = (atStripe[code] ?? 0) + net
    }
    const rows = await this.#query<{ currency: string; cash: number }>(
      `SELECT e.currency::text, sum(e.amount * m.cash)::float8 AS cash FROM ledger_entries e JOIN parley.ledger_moves m ON m.kind = e.kind::text
       GROUP BY 1 HAVING sum(e.amount * m.cash) <> 0`,
    )
    return {
      atStripe: Object.fromEntries(Object.entries(atStripe).filter(([, net]) => net !== 0)),
      inTheBooks: Object.fromEntries(rows.map(({ currency, cash }) => [currency, cash])),
    }
  }

  /**
   * Lets everything come to its end, and looks whether it adds up.
   * @param crash after how many steps the worker is killed that does the first of what is still to do.
   */
  async expectSound({ crash }: { crash: number | undefined }): Promise<void> {
    if (!this.#sessions.length) return
    await this.work({ crash })
    this.#control.clearFaults()
    await this.#letEverythingSettle()
    await this.deliver('in_order')
    await this.#comeToRest(['sweep'], ['reconcile'], ['sweep'])
    expect(await this.#faults(), 'faults in the books').toEqual([])
    expect(
      await this.#query(`SELECT kind, object_id, detail FROM reconciliation_findings WHERE status = 'open'`),
      'differences from Stripe',
    ).toEqual([])
    const { atStripe, inTheBooks } = await this.#balances()
    expect(inTheBooks, 'cash').toEqual(atStripe)
    const paidOut = await this.#paidOut()
    expect(paidOut.inTheBooks, 'paid out').toBe(paidOut.atStripe)
    const before = await this.#snapshot()
    await this.#comeToRest(['sweep', 'reconcile'])
    expect(await this.#snapshot(), 'after doing everything again').toEqual(before)
  }

  /** What consultants have of Stripe by its own account, and by the books. */
  async #paidOut() {
    const { payments, sessions } = this.#ids
    const atStripe = Object.values(this.#control.tables().transfers)
      .filter(({ transfer_group: group }) => sessions.includes(group ?? ''))
      .reduce((sum, { amount, amount_reversed: reversed }) => sum + amount - reversed, 0)
    const [row] = await this.#query<{ sum: number }>(
      `SELECT coalesce(sum(-amount), 0)::float8 AS sum FROM ledger_entries
       WHERE kind IN ('transfer', 'transfer_reversal') AND payment_id = ANY($1)`,
      [payments],
    )
    return { atStripe, inTheBooks: row?.sum }
  }

  /** Leaves nothing behind, so that the next sequence begins with empty books. */
  async putAway(): Promise<void> {
    this.#control.clearFaults()
    this.#control.completeAccount(this.#offer.accountId)
    for (const entry of Object.values(this.#control.tables().balance_transactions)) {
      if (entry.created * 1000 > Date.now() - 50 * day) entry.created -= long
    }
    const client = await this.#world.pool.connect()
    try {
      await client.query('BEGIN')
      // Money is never deleted: the guards and references are off for this transaction.
      await client.query('SET LOCAL session_replication_role = replica')
      for (const table of leftovers) await client.query(`DELETE FROM ${table}`)
      await client.query("UPDATE payout_accounts SET status = 'active', disabled_reason = NULL, synced_at = now()")
      await client.query('COMMIT')
      // Planning gets slower with each deleted row that still lies there.
      await client.query(`VACUUM ${leftovers.join(', ')}`)
    } finally {
      client.release()
    }
  }
}
