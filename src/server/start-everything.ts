import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { startEmbeddedPostgres, type EmbeddedPostgres } from '#database/embedded-postgres'
import { runMigrations } from '#database/run-migrations'
import { settings } from '#settings'
import { buildOnce } from './build-once'
import { demoEmails } from './check-installation'
import { readDemoSecrets } from './demo-secrets'
import { readDemoState, whileFilling } from './demo-state'
import { dataDirOf, type Environment } from './environment'
import { describeFault, sayFault, StartError } from './exit-with-line'
import { waitUntilPortIsFree } from './free-port'
import { embeddedDataDirOf, emptyEmbeddedDatabase, openDatabase, type OpenDatabase } from './open-database'
import { runScript } from './run-script'
import { planSandboxes, type SandboxPlan } from './sandbox-environment'
import { supervise, type Supervised } from './supervise'
import { watchSources } from './watch-sources'
import { whenAbandoned } from './when-abandoned'

const say = (line: string): void => console.log(line)

/** What the processes of a killed start need to notice it and to let go of their port and database. */
const patienceMs = 5_000

/** What every process is started with: the given environment, completed. */
const completeEnvironment = async (
  given: Environment,
  { dev, database }: { dev: boolean; database: OpenDatabase },
): Promise<{ env: Environment; sandboxes: SandboxPlan }> => {
  const common = {
    // Behind a pooler what was opened leads past it.
    DATABASE_URL: given.DATABASE_URL || database.url,
    NODE_COMPILE_CACHE: given.NODE_COMPILE_CACHE || path.join(dataDirOf(given), 'compile-cache'),
    NEXT_TELEMETRY_DISABLED: '1',
  }
  if (settings.isProduction) return { env: { ...given, ...common }, sandboxes: { env: {}, pages: [] } }
  const secrets = await readDemoSecrets(dataDirOf(given))
  const sandboxes = await planSandboxes(given, secrets, settings.port)
  return {
    sandboxes,
    env: {
      PAYLOAD_SECRET: secrets.PAYLOAD_SECRET,
      ENCRYPTION_KEYS: secrets.ENCRYPTION_KEYS,
      LOG_LEVEL: 'warn',
      MEDIA_DIR: path.join(dataDirOf(given), 'media'),
      ...given,
      ...common,
      ...sandboxes.env,
      NODE_ENV: dev ? 'development' : 'production',
      PARLEY_DEMO: '1',
      // Our supervisor reloads the configuration; Payload's own reload would fetch it from Next's copy.
      DISABLE_PAYLOAD_HMR: 'true',
    },
  }
}

/** Fills an empty demo database; one that a killed start left half-filled is made anew. */
const fillDemo = async ({ url, embedded }: OpenDatabase, env: Environment): Promise<void> => {
  const state = await readDemoState(url)
  if (state === 'in use') return
  if (state === 'half-filled') {
    if (!embedded) throw new StartError('The demo was only half filled in: empty the database and start again.')
    say('Making the demo database anew: it was only half filled in')
    await emptyEmbeddedDatabase(embedded)
    await runMigrations(url, () => undefined)
  }
  say('Filling the demo database')
  await whileFilling(url, () => runScript('src/server/seed.ts', env))
}

/** Starts a PostgreSQL that died again, on its port, so that everybody's connections come back by themselves. */
const keepDatabase = async (given: Environment, first: EmbeddedPostgres, state: { stop: () => Promise<void> }) => {
  for (let current = first; ;) {
    await current.lost
    say('PostgreSQL ended; starting it again')
    const dataDir = embeddedDataDirOf(given)
    for (let wait = 500; ; wait = Math.min(wait * 2, 10_000)) {
      try {
        current = await startEmbeddedPostgres({ dataDir, port: first.port })
        state.stop = current.stop
        break
      } catch (error) {
        say(describeFault(error))
        await delay(wait)
      }
    }
    say('PostgreSQL runs again')
  }
}

/** Two processes on one machine cannot tell of their metrics on the same port. */
const workerPorts = (): Environment => {
  const port = settings.metrics?.port
  return port ? { METRICS_PORT: String(port + 1) } : {}
}

const announce = (sandboxes: SandboxPlan): void => {
  const lines = [
    ['Site', settings.serverUrl],
    ['Admin', `${settings.serverUrl}/admin`],
    ['API docs', `${settings.serverUrl}/docs`],
    ...sandboxes.pages.map(({ label, url }) => [label, `${url} (sandbox)`]),
    ...(settings.isProduction ? [] : [['Logins', `${demoEmails.join(', ')} · password parley-demo`]]),
  ] as const
  say(
    `\nParley is ready.\n${lines.map(([label, value]) => `  ${label?.padEnd(9)} ${value}`).join('\n')}\nCtrl-C stops it.`,
  )
}

/**
 * Brings up all of Parley and stays: database, migrations, build, demo data, sandboxes, web process and worker.
 * @throws StartError and the errors of its parts: one line each.
 */
export const startEverything = async (given: Environment, { dev }: { dev: boolean }): Promise<void> => {
  if (!(await waitUntilPortIsFree(settings.port, settings.host, patienceMs))) {
    throw new StartError(`Port ${settings.port} is in use: set PORT to another one.`)
  }
  const processes: Supervised[] = []
  const database: { stop: () => Promise<void> } = { stop: async () => undefined }
  let isStopping = false
  const stop = async (code: number): Promise<never> => {
    if (isStopping) process.exit(1)
    isStopping = true
    await Promise.all(processes.filter(({ name }) => !name.startsWith('The sandbox')).map((one) => one.stop()))
    await Promise.all(processes.map((one) => one.stop()))
    await database.stop()
    return process.exit(code)
  }
  const interrupt = (): void => {
    say('\nStopping')
    void stop(0)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, interrupt)
  if (given.npm_lifecycle_event) whenAbandoned(interrupt)

  try {
    if (!settings.databaseUrl) say('Starting PostgreSQL')
    const opened = await openDatabase(given, { shared: false })
    database.stop = opened.stop
    const { env, sandboxes } = await completeEnvironment(given, { dev, database: opened })

    const built = dev ? Promise.resolve(undefined) : buildOnce(env, say)
    // Its failure is reported where it is awaited, but may come first.
    built.catch(() => undefined)
    await runMigrations(opened.url, say)
    const run = (name: string, script: string, own: Environment = {}) => {
      const process = supervise({ name, script, env: { ...env, ...own }, report: say })
      processes.push(process)
      return process.ready
    }
    // Before the demo data: its bookings are paid at the sandbox.
    const sandboxesReady = sandboxes.pages.length ? run('The sandboxes', 'src/server/sandboxes.ts') : Promise.resolve()
    sandboxesReady.catch(() => undefined)
    if (!settings.isProduction) {
      await sandboxesReady
      await fillDemo(opened, env)
    }
    env.NEXT_DIST_DIR = await built

    say('Starting the web server and the worker')
    const ready = [
      run('The web server', 'src/server/web.ts'),
      run('The worker', 'src/server/worker.ts', workerPorts()),
      sandboxesReady,
    ]
    await Promise.all(ready)
    if (opened.embedded) void keepDatabase(given, opened.embedded, database)
    if (dev) {
      watchSources(() => {
        say('Sources changed: restarting')
        for (const one of processes) one.restart()
      })
    }
    announce(sandboxes)
  } catch (error) {
    if (!isStopping) {
      sayFault(error)
      await stop(1)
    }
  }
}
