import { readFile } from 'node:fs/promises'
import { parser } from '@prometheus-io/lezer-promql'
import type { SyntaxNode } from '@lezer/common'
import { beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { metricRows, metricTable } from '#observability/metric-table'
import { renderDashboard } from '#server/render-dashboard'
import { renderMetrics } from '#server/render-metrics'

type Rule = {
  alert: string
  expr: string
  for: string
  labels: { severity: string }
  annotations: { summary: string; runbook: string }
}

let rules: Rule[]
let operations: string
let queries: string[]

beforeAll(async () => {
  const { groups } = parse(await readFile('deploy/prometheus/rules.yml', 'utf8')) as { groups: { rules: Rule[] }[] }
  rules = groups.flatMap((group) => group.rules)
  operations = await readFile('docs/operations.md', 'utf8')
  const { panels } = JSON.parse(renderDashboard()) as { panels: { targets?: { expr: string }[] }[] }
  queries = panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr))
})

/** What Prometheus and Node bring along, with their labels. */
const foreign: Readonly<Record<string, readonly string[]>> = {
  up: [],
  process_cpu_seconds_total: [],
  process_resident_memory_bytes: [],
  nodejs_eventloop_lag_p99_seconds: [],
}
/** Prometheus adds these to everything that it asks for. */
const added = ['job', 'instance']

/** The series of a metric, by the names that Prometheus stores. */
const labelsOf = new Map<string, readonly string[]>([
  ...Object.entries(foreign),
  ...metricRows.flatMap(({ name, type, labels }): [string, string[]][] => {
    const names = Object.keys(labels)
    if (type !== 'histogram') return [[name, names]]
    return [
      [`${name}_bucket`, [...names, 'le']],
      [`${name}_sum`, names],
      [`${name}_count`, names],
    ]
  }),
])

const allowedValues = new Map<string, readonly string[]>(
  metricRows.flatMap(({ name, labels }) =>
    Object.entries(labels).flatMap(([label, values]): [string, readonly string[]][] =>
      typeof values === 'string' ? [] : [[`${name} ${label}`, values]],
    ),
  ),
)

/** Grafana's variables, as Grafana would fill them in. */
const filled = (expr: string): string => expr.replaceAll('$__rate_interval', '1m').replaceAll('$job', 'parley-.*')

/** What is wrong with a query: it does not parse, or asks for a metric or label that there is not. */
const faultsOf = (raw: string): string[] => {
  const expr = filled(raw)
  const text = ({ from, to }: { from: number; to: number }) => expr.slice(from, to)
  const faults: string[] = []
  const selected = new Set<string>()
  const grouped: string[] = []
  const faultsOfSelector = (selector: SyntaxNode): string[] => {
    const name = text(selector.getChild('Identifier') ?? selector)
    const labels = labelsOf.get(name)
    if (!labels) return [`there is no metric ${name}: ${expr}`]
    labels.forEach((label) => selected.add(label))
    const matchers = selector.getChild('LabelMatchers')?.getChildren('UnquotedLabelMatcher') ?? []
    return matchers.flatMap((matcher) => {
      const [label, value] = [matcher.getChild('LabelName'), matcher.getChild('StringLiteral')].map((child) =>
        child ? text(child) : '',
      )
      if (!label || ![...labels, ...added].includes(label)) return [`${name} has no label ${label}: ${expr}`]
      const values = allowedValues.get(`${name} ${label}`)
      const exact = matcher.getChild('MatchOp') && text(matcher.getChild('MatchOp') ?? matcher) === '='
      const wanted = value?.slice(1, -1) ?? ''
      return exact && values && !values.includes(wanted) ? [`${label} is never ${wanted}: ${expr}`] : []
    })
  }
  parser.parse(expr).iterate({
    enter: (node) => {
      if (node.type.isError) faults.push(`does not parse at ${node.from}: ${expr}`)
      if (node.name === 'VectorSelector') faults.push(...faultsOfSelector(node.node))
      if (node.name === 'GroupingLabels') {
        for (let child = node.node.firstChild; child; child = child.nextSibling) grouped.push(text(child))
      }
    },
  })
  return [
    ...faults,
    ...grouped
      .filter((label) => ![...selected, ...added].includes(label))
      .map((label) => `nothing has the label ${label}: ${expr}`),
  ]
}

describe('queries', () => {
  it.each([
    ['sum(parley_nothing)', 'there is no metric parley_nothing'],
    ['parley_workers{color="red"}', 'parley_workers has no label color'],
    ['parley_holds_total{outcome="lost"}', 'outcome is never lost'],
    ['sum by (color) (parley_workers)', 'nothing has the label color'],
    ['sum(parley_workers', 'does not parse'],
  ])('a wrong one is found: %s', (expr, fault) => {
    expect(faultsOf(expr).join()).toContain(fault)
  })

  it('of the alerts ask for what there is', () => {
    expect(rules.flatMap(({ expr }) => faultsOf(expr))).toEqual([])
  })

  it('of the dashboard ask for what there is, and for every metric of ours', () => {
    expect(queries.flatMap(faultsOf)).toEqual([])
    const shown = queries.join('\n')
    const names = Object.keys(metricTable).filter((name) => !shown.includes(name))
    expect(names).toEqual(['parley_pool_connections_max'])
  })

  it('never sum over processes what each of them reads from the database', () => {
    const shared = metricRows.filter(({ from }) => from === 'database').map(({ name }) => name)
    const summed = [...queries, ...rules.map(({ expr }) => expr)].filter((expr) =>
      shared.some((name) => new RegExp(`\\bsum(?: by \\([^)]*\\))? ?\\(${name}\\b`).test(expr)),
    )
    expect(summed).toEqual([])
  })
})

describe('alerts', () => {
  it('say how bad it is, for how long it has to last, what it is, and what to do', () => {
    const anchors = [...operations.matchAll(/^#+ (.+)$/gm)].map(
      ([, heading = '']) =>
        `docs/operations.md#${heading
          .toLowerCase()
          .replace(/[^\p{L}\p{N}\s-]/gu, '')
          .replace(/\s/g, '-')}`,
    )
    expect(anchors).toContain('docs/operations.md#a-refund-failed')
    for (const { alert, for: duration, labels, annotations } of rules) {
      expect(['critical', 'warning'], alert).toContain(labels.severity)
      expect(duration, alert).toMatch(/^\d+[mh]$/)
      expect(annotations.summary, alert).toMatch(/\.$/)
      expect(anchors, alert).toContain(annotations.runbook)
    }
  })

  it('are those of the table in operations.md', () => {
    const listed = [...operations.matchAll(/^\| `(Parley\w+)` \|/gm)].map(([, name]) => name)
    expect(listed.sort()).toEqual(rules.map(({ alert }) => alert).sort())
  })

  it('each has a test of its own, in which it fires and comes to rest', async () => {
    const { tests } = parse(await readFile('deploy/prometheus/rules.test.yml', 'utf8')) as {
      tests: { alert_rule_test: { alertname: string; exp_alerts?: unknown[] }[] }[]
    }
    const cases = tests.flatMap(({ alert_rule_test }) => alert_rule_test)
    for (const { alert } of rules) {
      const own = cases.filter(({ alertname }) => alertname === alert)
      expect(
        own.some(({ exp_alerts = [] }) => exp_alerts.length > 0),
        `${alert} fires`,
      ).toBe(true)
      expect(
        own.some(({ exp_alerts = [] }) => exp_alerts.length === 0),
        `${alert} rests`,
      ).toBe(true)
    }
  })
})

describe('what is made from code (else: npm run generate:docs)', () => {
  it.each([
    ['docs/generated/metrics.md', renderMetrics],
    ['deploy/grafana/dashboard.json', renderDashboard],
  ])('%s', async (page, render) => {
    expect(await readFile(page, 'utf8')).toBe(render())
  })
})

describe('names', () => {
  it('keep to the conventions of Prometheus', () => {
    for (const { name, type, labels } of metricRows) {
      expect(name).toMatch(/^parley_[a-z]+(_[a-z]+)*$/)
      expect(name.endsWith('_total'), name).toBe(type === 'counter')
      if (type === 'histogram') expect(name).toMatch(/_seconds$/)
      expect(name).not.toMatch(/_(?:ms|milliseconds|count|sum|bucket)$/)
      for (const label of Object.keys(labels)) expect(label).toMatch(/^[a-z]+$/)
    }
  })
})
