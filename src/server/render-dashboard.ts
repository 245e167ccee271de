import type { Dashboard, Panel } from '@grafana/schema'

type Query = { expr: string; legend?: string }
type Drawn = { title: string; unit?: string; queries: readonly Query[]; kind?: 'timeseries' | 'stat' }

/** How long a rate looks back: Grafana puts in what fits the time that is shown. */
const per = '[$__rate_interval]'
const job = 'job=~"$job"'

const rows: readonly { title: string; panels: readonly Drawn[] }[] = [
  {
    title: 'At a glance',
    panels: [
      {
        title: 'Processes up',
        kind: 'stat',
        queries: [{ expr: 'sum by (job) (up{job=~"parley-.*"})', legend: '{{job}}' }],
      },
      { title: 'Workers alive', kind: 'stat', queries: [{ expr: 'max(parley_workers)' }] },
      {
        title: 'Oldest due job',
        kind: 'stat',
        unit: 's',
        queries: [{ expr: 'max(parley_queue_oldest_due_seconds) or vector(0)' }],
      },
      {
        title: 'Jobs that gave up',
        kind: 'stat',
        queries: [{ expr: 'sum(max by (task) (parley_queue_jobs{state="failed"})) or vector(0)' }],
      },
      {
        title: 'Faults in the books',
        kind: 'stat',
        queries: [{ expr: 'sum(max by (code) (parley_money_faults)) or vector(0)' }],
      },
      {
        title: 'Errors of all requests',
        kind: 'stat',
        unit: 'percentunit',
        queries: [
          {
            expr: `(sum(rate(parley_http_requests_total{status=~"5.."}${per})) or vector(0)) / sum(rate(parley_http_requests_total${per}))`,
          },
        ],
      },
    ],
  },
  {
    title: 'Requests',
    panels: [
      {
        title: 'Requests by status',
        unit: 'reqps',
        queries: [{ expr: `sum by (status) (rate(parley_http_requests_total{${job}}${per}))`, legend: '{{status}}' }],
      },
      {
        title: 'Requests by route, the ten most frequent',
        unit: 'reqps',
        queries: [
          { expr: `topk(10, sum by (route) (rate(parley_http_requests_total{${job}}${per})))`, legend: '{{route}}' },
        ],
      },
      {
        title: 'How long requests take',
        unit: 's',
        queries: ['0.5', '0.95', '0.99'].map((part) => ({
          expr: `histogram_quantile(${part}, sum by (le) (rate(parley_http_request_seconds_bucket{${job}}${per})))`,
          legend: `p${part.slice(2).padEnd(2, '0')}`,
        })),
      },
      {
        title: 'p95 by route, the ten slowest',
        unit: 's',
        queries: [
          {
            expr: `topk(10, histogram_quantile(0.95, sum by (le, route) (rate(parley_http_request_seconds_bucket{${job}}${per}))))`,
            legend: '{{route}}',
          },
        ],
      },
      {
        title: 'Refusals by code',
        unit: 'ops',
        queries: [{ expr: `sum by (code) (rate(parley_refusals_total{${job}}${per}))`, legend: '{{code}}' }],
      },
      {
        title: 'Requests under way',
        queries: [{ expr: `sum by (instance) (parley_http_requests_under_way{${job}})`, legend: '{{instance}}' }],
      },
    ],
  },
  {
    title: 'Bookings',
    panels: [
      {
        title: 'Bookings by outcome',
        unit: 'ops',
        queries: [{ expr: `sum by (outcome) (rate(parley_bookings_total${per}))`, legend: '{{outcome}}' }],
      },
      {
        title: 'Holds by outcome',
        unit: 'ops',
        queries: [{ expr: `sum by (outcome) (rate(parley_holds_total${per}))`, legend: '{{outcome}}' }],
      },
      {
        title: 'Free times',
        unit: 'ops',
        queries: [
          { expr: `sum(rate(parley_slot_queries_total${per}))`, legend: 'asked for' },
          { expr: `sum(rate(parley_slots_computed_total${per}))`, legend: 'computed' },
        ],
      },
      {
        title: 'What happened, in an hour',
        queries: [{ expr: 'sum by (event) (increase(parley_events_total[1h]))', legend: '{{event}}' }],
      },
      {
        title: 'Sessions past their time',
        queries: [{ expr: 'max by (state) (parley_sessions_overdue)', legend: '{{state}}' }],
      },
      {
        title: 'Messages',
        queries: [
          { expr: 'max by (channel, state) (parley_deliveries)', legend: '{{channel}} {{state}}' },
          { expr: 'max(parley_delivery_oldest_queued_seconds)', legend: 'oldest, seconds' },
        ],
      },
    ],
  },
  {
    title: 'Queue',
    panels: [
      {
        title: 'Due jobs by task',
        queries: [{ expr: 'max by (task) (parley_queue_jobs{state="due"})', legend: '{{task}}' }],
      },
      {
        title: 'Oldest due job by task',
        unit: 's',
        queries: [{ expr: 'max by (task) (parley_queue_oldest_due_seconds)', legend: '{{task}}' }],
      },
      {
        title: 'Oldest job that was put back, by task',
        unit: 's',
        queries: [{ expr: 'max by (task) (parley_queue_oldest_put_back_seconds)', legend: '{{task}}' }],
      },
      {
        title: 'Jobs that gave up, by task',
        queries: [{ expr: 'max by (task) (parley_queue_jobs{state="failed"})', legend: '{{task}}' }],
      },
      {
        title: 'Jobs run',
        unit: 'ops',
        queries: [{ expr: `sum by (task) (rate(parley_jobs_total{outcome="done"}${per}))`, legend: '{{task}}' }],
      },
      {
        title: 'Tries that failed',
        unit: 'ops',
        queries: [{ expr: `sum by (task) (rate(parley_jobs_total{outcome="failed"}${per}))`, legend: '{{task}}' }],
      },
      {
        title: 'p95 of a job by task',
        unit: 's',
        queries: [
          {
            expr: `histogram_quantile(0.95, sum by (le, task) (rate(parley_job_seconds_bucket${per})))`,
            legend: '{{task}}',
          },
        ],
      },
    ],
  },
  {
    title: 'Providers and calendars',
    panels: [
      {
        title: 'Calls to providers by outcome',
        unit: 'ops',
        queries: [
          {
            expr: `sum by (provider, outcome) (rate(parley_provider_calls_total${per}))`,
            legend: '{{provider}} {{outcome}}',
          },
        ],
      },
      {
        title: 'p95 of a call',
        unit: 's',
        queries: [
          {
            expr: `histogram_quantile(0.95, sum by (le, provider) (rate(parley_provider_call_seconds_bucket${per})))`,
            legend: '{{provider}}',
          },
        ],
      },
      {
        title: 'Calls that wait for their turn',
        queries: [
          {
            expr: `sum by (provider) (rate(parley_provider_waited_seconds_total${per}))`,
            legend: '{{provider}}',
          },
        ],
      },
      {
        title: 'Failing since',
        unit: 's',
        queries: [{ expr: 'max by (provider) (parley_provider_failing_seconds)', legend: '{{provider}}' }],
      },
      {
        title: "Stripe's events that wait",
        queries: [
          { expr: 'max by (state) (parley_stripe_events)', legend: '{{state}}' },
          { expr: 'max(parley_stripe_event_oldest_seconds)', legend: 'oldest, seconds' },
        ],
      },
      {
        title: 'Connected calendars',
        queries: [{ expr: 'max by (state) (parley_calendar_connections)', legend: '{{state}}' }],
      },
      {
        title: 'Calendars not read for an hour',
        queries: [{ expr: 'max by (state) (parley_calendar_connections_unread)', legend: '{{state}}' }],
      },
      { title: 'Sessions not yet in a calendar', queries: [{ expr: 'max(parley_calendar_entries_late)' }] },
    ],
  },
  {
    title: 'Money',
    panels: [
      { title: 'Faults in the books', queries: [{ expr: 'max by (code) (parley_money_faults)', legend: '{{code}}' }] },
      { title: 'Since the last check', unit: 's', queries: [{ expr: 'min(parley_money_check_age_seconds)' }] },
      { title: 'Since the last backup', unit: 's', queries: [{ expr: 'min(parley_backup_age_seconds)' }] },
      {
        title: 'Refunds that failed, differences from Stripe',
        queries: [
          { expr: 'max(parley_refunds_failed)', legend: 'refunds' },
          { expr: 'max(parley_reconciliation_findings_open)', legend: 'differences' },
        ],
      },
    ],
  },
  {
    title: 'Processes and database',
    panels: [
      {
        title: 'Processor time',
        unit: 'percentunit',
        queries: [{ expr: `rate(process_cpu_seconds_total{${job}}${per})`, legend: '{{job}} {{instance}}' }],
      },
      {
        title: 'Memory',
        unit: 'bytes',
        queries: [{ expr: `process_resident_memory_bytes{${job}}`, legend: '{{job}} {{instance}}' }],
      },
      {
        title: 'Event loop, p99 of its lag',
        unit: 's',
        queries: [{ expr: `nodejs_eventloop_lag_p99_seconds{${job}}`, legend: '{{job}} {{instance}}' }],
      },
      {
        title: 'Connections of the pools',
        queries: [
          { expr: `sum by (job, pool, state) (parley_pool_connections{${job}})`, legend: '{{job}} {{pool}} {{state}}' },
          { expr: `sum by (job, pool) (parley_pool_waiting{${job}})`, legend: '{{job}} {{pool}} waiting' },
        ],
      },
      {
        title: 'Connections of PostgreSQL',
        queries: [
          { expr: 'max(parley_database_connections)', legend: 'used' },
          { expr: 'max(parley_database_connections_max)', legend: 'at most' },
        ],
      },
      {
        title: 'Replica',
        unit: 's',
        queries: [
          {
            expr: `max by (job, instance) (parley_replica_lag_seconds{${job}})`,
            legend: '{{job}} {{instance}} behind',
          },
          { expr: `min by (job, instance) (parley_replica_in_use{${job}})`, legend: '{{job}} {{instance}} in use' },
        ],
      },
      {
        title: 'Database answers',
        queries: [{ expr: 'min by (job, instance) (parley_database_up)', legend: '{{job}} {{instance}}' }],
      },
    ],
  },
]

const datasource = { type: 'prometheus', uid: '${datasource}' }
const columns = 3
const width = 24 / columns
const height = 7

const drawPanel = (
  { title, unit = 'short', queries, kind = 'timeseries' }: Drawn,
  index: number,
  top: number,
): Panel => ({
  type: kind,
  title,
  datasource,
  gridPos: {
    x: (index % columns) * width,
    y: top + Math.floor(index / columns) * height,
    w: width,
    h: height,
  },
  fieldConfig: { defaults: { unit, min: 0 }, overrides: [] },
  targets: queries.map(({ expr, legend }, place) => ({
    refId: String.fromCharCode(65 + place),
    datasource,
    expr,
    ...(legend === undefined ? {} : { legendFormat: legend }),
  })),
})

const drawRows = (): Panel[] => {
  const panels: Panel[] = []
  let top = 0
  for (const { title, panels: drawn } of rows) {
    panels.push({ type: 'row', title, gridPos: { x: 0, y: top, w: 24, h: 1 } })
    panels.push(...drawn.map((panel, index) => drawPanel(panel, index, top + 1)))
    top += 1 + Math.ceil(drawn.length / columns) * height
  }
  return panels.map((panel, index) => ({ ...panel, id: index + 1 }))
}

/** The dashboard deploy/grafana/dashboard.json, by Grafana's own schema. */
export const renderDashboard = (): string => {
  const dashboard: Dashboard = {
    uid: 'parley',
    title: 'Parley',
    tags: ['parley'],
    timezone: 'browser',
    editable: true,
    schemaVersion: 39,
    refresh: '30s',
    time: { from: 'now-6h', to: 'now' },
    templating: {
      list: [
        { name: 'datasource', type: 'datasource', query: 'prometheus', label: 'Prometheus' },
        {
          name: 'job',
          type: 'query',
          label: 'Job',
          datasource,
          query: 'label_values(parley_database_up, job)',
          includeAll: true,
          allValue: 'parley-.*',
          multi: true,
          current: { selected: true, text: 'All', value: '$__all' },
        },
      ],
    },
    panels: drawRows(),
  }
  return `${JSON.stringify(dashboard, null, 2)}\n`
}
