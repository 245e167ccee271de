import { expect, vi } from 'vitest'
import type { Payload } from 'payload'
import type { ResendSandbox } from '#sandbox/resend/start-resend-sandbox'
import type { StripeSandbox } from '#sandbox/stripe/start-stripe-sandbox'
import { supervise, type Supervised } from '#server/supervise'
import { type CalendarWorld, connect, createExpert, type Expert } from '../calendar-world'
import { cleanUpLater } from '../clean-up'
import { createServiceType } from '../fixtures'
import { findFreePort } from '../free-port'
import { openGoogleSandbox } from '../google-sandbox'
import { openTestPayload } from '../payload'
import { openResendSandbox } from '../resend-sandbox'
import { createRestClient } from '../rest-client'
import { openStripeSandbox } from '../stripe-sandbox'
import { type OwnPostgres, startOwnPostgres } from './own-postgres'
import { type PgBouncer, startPgBouncer } from './pgbouncer'

/** Whichever server it is. */
export type AnyPostgres = Pick<OwnPostgres, 'database' | 'query'>

export type FaultWorld<Postgres extends AnyPostgres = OwnPostgres> = CalendarWorld & {
  payload: Payload
  postgres: Postgres
  /** Where the processes were to have one in front of PostgreSQL. */
  pgBouncer: PgBouncer | undefined
  stripe: StripeSandbox
  resend: ResendSandbox
  /** The addresses of the web processes. */
  urls: string[]
  /** Each with its calendar at Google, and a free and a paid service type. */
  experts: (Expert & { paid: string })[]
  /** What another process needs. */
  env: Record<string, string>
  /** The web processes and the workers, in this order. */
  processes: { webs: Supervised[]; workers: Supervised[] }
  /** What the supervisor has said of the processes. */
  said: string[]
}

/**
 * Parley as an operator runs it: web processes and workers that are started again when they end, on a PostgreSQL that faults can be done to,
 * with a Stripe, a Resend and a Google that see what arrives.
 */
export const openFaultWorld = async ({
  hasSmallDisks = false,
  ...size
}: Size & { hasSmallDisks?: boolean }): Promise<FaultWorld> => openWorldOn(startOwnPostgres({ hasSmallDisks }), size)

type Size = {
  webs: number
  workers: number
  experts: number
  env?: Record<string, string>
  /** Pauses before Stripe brings an event again, milliseconds; short by default. */
  webhookRetryDelays?: number[]
  /** How many mails Resend remembers. */
  keptEmails?: number
  /** Puts a PgBouncer with so many sessions in front of PostgreSQL. */
  pooledSessions?: number
}

/** The same on a server that is there. */
export const openWorldOn = async <Postgres extends AnyPostgres>(
  server: Promise<Postgres>,
  { webs, workers, experts: count, env: more = {}, pooledSessions, webhookRetryDelays, keptEmails }: Size,
): Promise<FaultWorld<Postgres>> => {
  const ports = await Promise.all(Array.from({ length: webs }, () => findFreePort()))
  const urls = ports.map((port) => `http://127.0.0.1:${port}`)
  const [postgres, { resend, env: mail }, { stripe, env: money }, { google, env: calendar }] = await Promise.all([
    server,
    openResendSandbox(keptEmails ? { keptEmails } : {}),
    openStripeSandbox({
      webhookUrl: `${urls[0]}/api/stripe/webhooks`,
      ...(webhookRetryDelays ? { retryDelays: webhookRetryDelays } : {}),
    }),
    openGoogleSandbox(),
  ])
  const { database } = postgres
  const env = { ...mail, ...money, ...calendar, RATE_LIMIT_FACTOR: '0', DATABASE_POOL_SIZE: '5', ...more }
  const pgBouncer = pooledSessions ? await startPgBouncer(database.url, { size: pooledSessions }) : undefined
  const { payload } = await openTestPayload(env, database)
  const world = { payload, database, google, api: await createRestClient(payload) }
  const forProcesses = {
    ...env,
    DATABASE_URL: database.url,
    ...(pgBouncer
      ? { DATABASE_URL: pgBouncer.url, DATABASE_DIRECT_URL: database.url, DATABASE_POOLING: 'transaction' }
      : {}),
    PAYLOAD_SECRET: payload.config.secret,
    NODE_ENV: 'production',
    PARLEY_DEMO: '1',
    NODE_OPTIONS: '',
  }

  const said: string[] = []
  const keepRunning = (name: string, script: string, more: Record<string, string>) => {
    const running = supervise({
      name,
      script,
      args: ['--api-only'],
      env: { ...process.env, ...forProcesses, ...more },
      report: (line) => said.push(line),
    })
    cleanUpLater(() => running.stop())
    return running
  }
  const processes = {
    webs: ports.map((port, n) =>
      keepRunning(`web ${n}`, 'src/server/web.ts', { PORT: String(port), HOST: '127.0.0.1' }),
    ),
    workers: Array.from({ length: workers }, (_, n) => keepRunning(`worker ${n}`, 'src/server/worker.ts', {})),
  }
  const started = Promise.all([...processes.webs, ...processes.workers].map(({ ready }) => ready))
  started.catch(() => undefined)
  const experts: FaultWorld<Postgres>['experts'] = []
  for (let n = 0; n < count; n++) {
    const expert = await createExpert(world)
    const prices = [{ durationMinutes: 30, amount: 10_001, currency: 'GBP' as const }]
    const { slug } = await createServiceType(payload, [expert.profile], { isFree: false, prices })
    await connect(world, expert)
    experts.push({ ...expert, paid: slug })
  }
  await started
  // A worker may have taken the first readings from us, and nobody is booked whose calendar was never read.
  await eventually(async () => {
    const { rows } = await postgres.query('SELECT FROM connected_calendars WHERE counts_as_busy AND generation > 0')
    expect(rows).toHaveLength(count)
  })
  return { ...world, postgres, pgBouncer, stripe, resend, urls, experts, env: forProcesses, processes, said }
}

/** Waits for what comes by itself. */
export const eventually = (check: () => unknown, timeout = 240_000): Promise<unknown> =>
  vi.waitFor(check, { timeout, interval: 500 })

/** Waits until every web process can do its work. */
export const allReady = ({ urls }: Pick<FaultWorld, 'urls'>): Promise<unknown> =>
  eventually(async () => {
    for (const url of urls) {
      const answer = await fetch(`${url}/api/health/ready`)
      expect(answer.status, await answer.text()).toBe(200)
    }
  })
