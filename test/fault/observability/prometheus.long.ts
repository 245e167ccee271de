import { execFile, spawn } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { cleanUpLater } from '../../support/clean-up'
import { connectTo } from '../../support/database'
import { createConsultant, createServiceType, guest } from '../../support/fixtures'
import { findFreePort } from '../../support/free-port'
import { openTestPayload } from '../../support/payload'
import { openResendSandbox } from '../../support/resend-sandbox'
import { startWebProcess, startWorkerProcess } from '../../support/servers'

const run = promisify(execFile)
const folder = 'deploy/prometheus'
const patience = 300_000
const until = (check: () => unknown) => vi.waitFor(check, { timeout: 120_000, interval: 500 })

const requireTool = async (name: string): Promise<void> => {
  await run(name, ['--version']).catch(() => {
    throw new Error(
      `${name} is not installed, and this test needs it: apt-get install prometheus (it brings promtool).`,
    )
  })
}

beforeAll(async () => {
  await requireTool('promtool')
  await requireTool('prometheus')
})

describe('promtool', () => {
  it.each([
    ['check', 'rules', `${folder}/rules.yml`],
    ['check', 'config', `${folder}/prometheus.yml`],
    ['test', 'rules', `${folder}/rules.test.yml`],
  ])('%s %s %s', async (...args) => {
    const { stdout } = await run('promtool', args)
    expect(stdout).toContain('SUCCESS')
  })
})

type Panel = { title: string; targets?: { expr: string }[] }

const dashboardQueries = async (): Promise<string[]> => {
  const { panels } = JSON.parse(await readFile('deploy/grafana/dashboard.json', 'utf8')) as { panels: Panel[] }
  return panels.flatMap(({ targets = [] }) =>
    targets.map(({ expr }) => expr.replaceAll('$__rate_interval', '1m').replaceAll('$job', 'parley-.*')),
  )
}

/** What is true of few installations, and was not brought about here. */
const mayBeEmpty = /parley_sessions_overdue|parley_calendar_connections/

/** Debian's Prometheus, asking these every second, by our rules. */
const startPrometheus = async (targets: Record<string, number>): Promise<string> => {
  const home = await mkdtemp(path.join(tmpdir(), 'parley-prometheus-'))
  cleanUpLater(() => rm(home, { recursive: true, force: true }))
  const jobs = Object.entries(targets).map(
    ([job, port]) => `  - job_name: ${job}\n    static_configs: [{ targets: ['127.0.0.1:${port}'] }]\n`,
  )
  const config = path.join(home, 'prometheus.yml')
  await writeFile(
    config,
    `global: { scrape_interval: 1s, evaluation_interval: 1s }\nrule_files: ['${path.resolve(folder, 'rules.yml')}']\nscrape_configs:\n${jobs.join('')}`,
  )
  const port = await findFreePort()
  const prometheus = spawn(
    'prometheus',
    [`--config.file=${config}`, `--storage.tsdb.path=${home}/data`, `--web.listen-address=127.0.0.1:${port}`],
    { stdio: 'ignore' },
  )
  const ended = new Promise((resolve) => prometheus.once('close', resolve))
  cleanUpLater(() => {
    prometheus.kill('SIGTERM')
    return ended
  })
  return `http://127.0.0.1:${port}/api/v1`
}

type Answer<T> = { status: string; error?: string; data: T }

it(
  'Prometheus asks a web process and a worker; every query of the dashboard has an answer, and no rule fails',
  async () => {
    const { payload, database } = await openTestPayload()
    const { env } = await openResendSandbox()
    const db = await connectTo(database)
    const { profile } = await createConsultant(payload)
    const { slug } = await createServiceType(payload, [profile])
    // What a quiet installation would not show.
    await db.query(`
      SELECT graphile_worker.add_job('of-nobody', '{}', run_at => now() - interval '1 hour'),
        graphile_worker.add_job('of-nobody', '{"gave": "up"}', max_attempts => 1),
        graphile_worker.add_job('follow-session', '{"sessionId": "no id"}', max_attempts => 1)`)
    await db.query(`UPDATE graphile_worker._private_jobs SET attempts = max_attempts WHERE payload::text LIKE '%gave%'`)
    await db.query(`INSERT INTO parley.facts (key, value) VALUES ('money_faults', '{"unpaid": 1}')`)

    const [webPort, workerPort] = [await findFreePort(), await findFreePort()]
    const web = await startWebProcess({ database, env: { METRICS_PORT: String(webPort), RATE_LIMIT_FACTOR: '0' } })
    await startWorkerProcess({ database, env: { METRICS_PORT: String(workerPort), ...env } })
    const api = await startPrometheus({ 'parley-web': webPort, 'parley-worker': workerPort })
    const ask = async <T>(what: string): Promise<T> => {
      const answer = (await (await fetch(`${api}/${what}`)).json()) as Answer<T>
      expect(answer.error, what).toBeUndefined()
      return answer.data
    }
    const query = async (expr: string) =>
      (await ask<{ result: unknown[] }>(`query?query=${encodeURIComponent(expr)}`)).result
    await until(async () => expect(await query('up == 1')).toHaveLength(2))

    const day = new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10)
    const offer = { consultant: profile.slug, serviceType: slug }
    const post = (what: string, body: object) =>
      fetch(`${web.url}/api/booking/${what}`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
      })
    let hour = 0
    /** A rate needs two readings of a series that is there: each time is asked for, held twice and booked. */
    const visit = async () => {
      const start = `${day}T${String(hour++ % 24).padStart(2, '0')}:00:00Z`
      const window = new URLSearchParams({ ...offer, start: day, end: day, timeZone: 'UTC' })
      await fetch(`${web.url}/api/booking/slots?${window.toString()}`)
      const held = await post('holds', { ...offer, start })
      await post('holds', { ...offer, start })
      const { token } = (await held.json()) as { token?: string }
      await post('sessions', { holdToken: token, customer: guest() })
      await db.query(
        `UPDATE notifications SET delivery_state = 'failed' WHERE delivery_state = 'sent' AND id = (SELECT min(id::text)::uuid FROM notifications)`,
      )
    }

    const queries = await dashboardQueries()
    expect(queries.length).toBeGreaterThan(30)
    await until(async () => {
      await visit()
      const empty: string[] = []
      for (const expr of queries) {
        if (!(await query(expr)).length && !mayBeEmpty.test(expr)) empty.push(expr)
      }
      expect(empty).toEqual([])
    })

    const { groups } = await ask<{ groups: { rules: { name: string; health: string; state: string }[] }[] }>('rules')
    const rules = groups.flatMap((group) => group.rules)
    expect(rules.filter(({ health }) => health !== 'ok')).toEqual([])
    expect(rules.length).toBeGreaterThan(20)
    const roused = rules.filter(({ state }) => state !== 'inactive').map(({ name }) => name)
    expect(roused).toEqual(expect.arrayContaining(['ParleyJobsGaveUp', 'ParleyQueueLate', 'ParleyMoneyFaults']))

    // And the ones that are down.
    const stopped = web.stop()
    await until(async () => expect(await query('up{job="parley-web"} == 0')).toHaveLength(1))
    expect(await stopped).toBe(0)
  },
  patience,
)
