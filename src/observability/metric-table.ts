/** What of a label can stand in a series: these values, or, in words, where they come from. Whatever else is given counts as `other`. */
type LabelValues = string | readonly string[]

type MetricRow = {
  type: 'counter' | 'gauge' | 'histogram'
  help: string
  labels: Readonly<Record<string, LabelValues>>
  /** Upper bounds in seconds, of a histogram. */
  buckets?: readonly number[]
  /**
   * `process`: each process counts what it does itself, so sums over processes are meant. `database`: read when it is asked for, and the same
   * from every process, so it is never summed over them.
   */
  from: 'process' | 'database'
}

const requestBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5]
const callBuckets = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]

const statuses = [
  ...['200', '201', '202', '204', '206', '302', '303', '304', '307', '308', '400', '401', '403', '404', '405'],
  ...['406', '409', '410', '413', '415', '422', '425', '429', '499', '500', '501', '502', '503', '504'],
]

const route =
  'method and pattern of an endpoint (`GET /booking/slots`), method and name of a collection or global (`PATCH /users`), `POST /graphql`, `page admin`, `page site`, `request` for what is none of them'
const task = 'the tasks of the worker'
const provider = 'the providers, and those of an installation'

const process = { from: 'process' } as const
const database = { from: 'database', type: 'gauge' } as const

/**
 * Every metric of the product. The names keep to Prometheus' conventions: base units, `_total` for what only grows. Each label has few values,
 * none of them from a request as it came.
 */
export const metricTable = {
  parley_http_requests_total: {
    ...process,
    type: 'counter',
    help: 'Requests that were answered, or whose caller went away (499).',
    labels: { route, status: statuses },
  },
  parley_http_request_seconds: {
    ...process,
    type: 'histogram',
    help: 'How long a request took, until the last byte was handed over.',
    labels: { route },
    buckets: requestBuckets,
  },
  parley_http_requests_under_way: {
    ...process,
    type: 'gauge',
    help: 'Requests that are being answered.',
    labels: {},
  },
  parley_refusals_total: {
    ...process,
    type: 'counter',
    help: 'Refusals of the booking API by operation and code.',
    labels: { operation: 'the operations of the document', code: 'the codes of refusals' },
  },
  parley_bookings_total: {
    ...process,
    type: 'counter',
    help: 'Sessions that were made, by whomever, and bookings that were refused: somebody was faster, or for another reason.',
    labels: { outcome: ['booked', 'taken', 'refused'] },
  },
  parley_holds_total: {
    ...process,
    type: 'counter',
    help: 'Times that were held for a form, and holds that were refused: somebody was faster, or for another reason.',
    labels: { outcome: ['held', 'taken', 'refused', 'expired'] },
  },
  parley_slot_queries_total: {
    ...process,
    type: 'counter',
    help: 'How often the free times of an offer were computed.',
    labels: {},
  },
  parley_slots_computed_total: {
    ...process,
    type: 'counter',
    help: 'Free times that came out of it.',
    labels: {},
  },
  parley_events_total: {
    ...process,
    type: 'counter',
    help: 'What happened and was committed: sessions, requests, payments, refunds, payouts, reviews.',
    labels: { event: 'the events of events.md' },
  },
  parley_jobs_total: {
    ...process,
    type: 'counter',
    help: "Jobs that this worker has run. `postponed`: put back until its provider's limit lets it go.",
    labels: { task, outcome: ['done', 'failed', 'postponed'] },
  },
  parley_job_seconds: {
    ...process,
    type: 'histogram',
    help: 'How long a job took.',
    labels: { task },
    buckets: callBuckets,
  },
  parley_provider_calls_total: {
    ...process,
    type: 'counter',
    help: 'Calls to providers by how they ended. `refused`: it said no to this call; `limited`: it wanted no more calls, and nothing was done.',
    labels: { provider, operation: 'the names of calls', outcome: ['ok', 'refused', 'limited', 'failed'] },
  },
  parley_provider_waited_seconds_total: {
    ...process,
    type: 'counter',
    help: 'For how long calls waited for their turn, because of the limits that all processes keep together.',
    labels: { provider },
  },
  parley_provider_call_seconds: {
    ...process,
    type: 'histogram',
    help: 'How long a call to a provider took.',
    labels: { provider },
    buckets: callBuckets,
  },
  parley_pool_connections: {
    ...process,
    type: 'gauge',
    help: 'Connections to PostgreSQL of this process.',
    labels: { pool: ['payload', 'queue'], state: ['used', 'idle'] },
  },
  parley_pool_connections_max: {
    ...process,
    type: 'gauge',
    help: 'How many connections this process may have.',
    labels: { pool: ['payload', 'queue'] },
  },
  parley_pool_waiting: {
    ...process,
    type: 'gauge',
    help: 'How many wait for a connection.',
    labels: { pool: ['payload', 'queue'] },
  },
  parley_replica_in_use: {
    ...process,
    type: 'gauge',
    help: '1 while public reads of this process go to the replica, 0 while they go to the primary because it is away or too far behind. Only where there is a replica.',
    labels: {},
  },
  parley_replica_lag_seconds: {
    ...process,
    type: 'gauge',
    help: 'What was committed before that is in the replica; it grows while the replica is away.',
    labels: {},
  },
  parley_database_up: {
    ...database,
    help: '1 when the figures of the database could be read within two seconds, else 0; then none of them is told.',
    labels: {},
  },
  parley_database_connections: {
    ...database,
    help: 'Connections to this PostgreSQL, of whomever.',
    labels: {},
  },
  parley_database_connections_max: {
    ...database,
    help: 'How many connections this PostgreSQL takes.',
    labels: {},
  },
  parley_workers: {
    ...database,
    help: 'Worker processes that said within 20 seconds that they are alive.',
    labels: {},
  },
  parley_queue_jobs: {
    ...database,
    help: 'Jobs that are due and wait (`due`; at most 100,000 are counted), and jobs that gave up (`failed`; at most 10,000).',
    labels: { task, state: ['due', 'failed'] },
  },
  parley_queue_oldest_due_seconds: {
    ...database,
    help: 'For how long the oldest due job of a task has waited.',
    labels: { task },
  },
  parley_queue_oldest_put_back_seconds: {
    ...database,
    help: 'For how long the oldest job of a task could have been done that was tried or put back, and is to be done within 20 minutes.',
    labels: { task },
  },
  parley_stripe_events: {
    ...database,
    help: "Stripe's events that are not dealt with; at most 10,000 are counted.",
    labels: { state: 'the states of an event that is not done' },
  },
  parley_stripe_event_oldest_seconds: {
    ...database,
    help: "For how long the oldest of Stripe's events has waited.",
    labels: {},
  },
  parley_refunds_failed: {
    ...database,
    help: 'Refunds that failed, of which nobody has asked Stripe again or noted what was done instead.',
    labels: {},
  },
  parley_deliveries: {
    ...database,
    help: 'Messages that wait or failed in the last three days; at most 10,000 of a state are counted.',
    labels: { channel: 'the channels of messages', state: '`queued`, `failed`' },
  },
  parley_delivery_oldest_queued_seconds: {
    ...database,
    help: 'For how long the message that waits longest could have gone out.',
    labels: {},
  },
  parley_sessions_overdue: {
    ...database,
    help: 'Sessions that should have left their state ten minutes ago: not paid, not confirmed, or over.',
    labels: { state: 'the states out of which time leads' },
  },
  parley_provider_failing_seconds: {
    ...database,
    help: 'Since when every call to a provider has failed; 0 where the last one did not.',
    labels: { provider },
  },
  parley_calendar_connections: {
    ...database,
    help: 'Connected calendar accounts.',
    labels: { state: 'the states of a connection' },
  },
  parley_calendar_connections_unread: {
    ...database,
    help: 'Connected calendar accounts that could not be read for an hour.',
    labels: { state: 'the states of a connection' },
  },
  parley_calendar_entries_late: {
    ...database,
    help: 'Sessions that have waited for an hour to be written into a calendar; at most 10,000 are counted.',
    labels: {},
  },
  parley_reconciliation_findings_open: {
    ...database,
    help: 'Open differences between the books and Stripe.',
    labels: {},
  },
  parley_money_faults: {
    ...database,
    help: 'Contradictions in the books that do not pass by themselves, at the last check.',
    labels: { code: 'the codes of `parley.money_faults`' },
  },
  parley_money_check_age_seconds: {
    ...database,
    help: 'How long ago the books were checked; a worker does it every hour.',
    labels: {},
  },
  parley_backup_age_seconds: {
    ...database,
    help: 'How old what the last backup shows is; nothing where none was taken by `npm run backup`, nor noted.',
    labels: {},
  },
} as const satisfies Record<`parley_${string}`, MetricRow>

type Table = typeof metricTable
export type MetricName = keyof Table
export type NamesOf<Type extends MetricRow['type']> = {
  [Name in MetricName]: Table[Name]['type'] extends Type ? Name : never
}[MetricName]
export type LabelsOf<Name extends MetricName> = Readonly<Record<keyof Table[Name]['labels'], string>>

/** The rows, as whoever goes over all of them sees them. */
export const metricRows: readonly (MetricRow & { name: MetricName })[] = Object.entries(metricTable).map(
  // Object.entries gives string; the table's keys are exactly the names.
  ([name, row]) => ({ ...row, name: name as MetricName }),
)
