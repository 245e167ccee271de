import { metricRows } from '#observability/metric-table'

const describeLabels = (labels: Readonly<Record<string, string | readonly string[]>>): string =>
  Object.entries(labels)
    .map(
      ([label, values]) =>
        `\`${label}\`: ${typeof values === 'string' ? values : values.map((value) => `\`${value}\``).join(', ')}`,
    )
    .join('<br>')

const tableOf = (from: 'process' | 'database'): string[] => [
  '| metric | type | what it tells | labels |',
  '|---|---|---|---|',
  ...metricRows
    .filter((row) => row.from === from)
    .map(({ name, type, help, labels }) => `| \`${name}\` | ${type} | ${help} | ${describeLabels(labels)} |`),
]

/** The page docs/generated/metrics.md. */
export const renderMetrics = (): string =>
  [
    '# Metrics',
    '',
    '<!-- Written by `npm run generate` from src/observability/metric-table.ts. Do not edit. -->',
    '',
    'How they are switched on, and which of them are worth an alert, stands in [operations.md](../operations.md#metrics). A value that is none of its label counts',
    'as `other`; a label whose values are told in words has at most 300.',
    '',
    '## What a process counts itself',
    '',
    'Of several processes these are summed up.',
    '',
    ...tableOf('process'),
    '',
    "Beside them stand the metrics of Node and of the process under Prometheus' usual names (`process_…`, `nodejs_…`).",
    '',
    '## What stands in the database',
    '',
    'Every process tells the same, so these are never summed over processes: `max` takes one.',
    '',
    ...tableOf('database'),
    '',
  ].join('\n')
