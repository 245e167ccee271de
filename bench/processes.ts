import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { compile } from '#server/compile'
import { projectRoot } from '#server/environment'
import { findFreePort } from '#server/free-port'
import { heapFlags } from '#server/heap-flags'
import { compiledName } from '#shared/own-script'
import { processorSecondsOf } from './processor-time'

export type BenchServer = {
  url: string
  pid: number
  /** Resident memory in MB. */
  memory: () => Promise<number>
  /** Seconds of processor time since its start. */
  processorSeconds: () => Promise<number>
  stop: () => Promise<void>
}

const host = '127.0.0.1'

const environmentFor = (databaseUrl: string, port: number) => ({
  ...process.env,
  NODE_ENV: 'production' as const,
  PARLEY_DEMO: '1',
  DATABASE_URL: databaseUrl,
  PORT: String(port),
  HOST: host,
  SERVER_URL: `http://${host}:${port}`,
  RATE_LIMIT_FACTOR: '0',
  // The sandboxes take as many calls as come.
  STRIPE_PER_SECOND: '0',
  RESEND_PER_SECOND: '0',
  GOOGLE_PER_SECOND: '0',
  GOOGLE_USER_PER_SECOND: '0',
  LOG_LEVEL: 'warn',
})

const stopChild = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return
  const closed = once(child, 'close')
  child.kill('SIGTERM')
  await closed
}

type Usage = { type: 'usage'; rss: number; cpu: NodeJS.CpuUsage }

const isUsage = (message: unknown): message is Usage =>
  typeof message === 'object' && message !== null && 'type' in message && message.type === 'usage'

let compiled: Promise<string> | undefined

/** Where these sources are compiled to as production compiles them, with the web process of the bench; until this process ends. */
const compiledFolder = (): Promise<string> => {
  compiled ??= (async () => {
    const folder = `.next/bench/${process.pid}`
    await mkdir(path.join(projectRoot, folder), { recursive: true })
    process.once('exit', () => rmSync(path.join(projectRoot, folder), { recursive: true, force: true }))
    await compile(folder, ['bench/web.ts'])
    return folder
  })()
  return compiled
}

/** Starts a script as production starts its processes, and waits until it says that it is ready. */
const startChild = async (
  script: string,
  { env, profileDir, args = [] }: { env: NodeJS.ProcessEnv; profileDir?: string | undefined; args?: string[] },
): Promise<{ child: ChildProcess; died: Promise<never> }> => {
  const child = fork(path.join(await compiledFolder(), compiledName(script)), args, {
    cwd: projectRoot,
    env,
    execArgv: [
      ...heapFlags,
      '--no-deprecation',
      ...(profileDir === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profileDir}`]),
    ],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const died = once(child, 'close').then(() => {
    throw new Error(`${script} ended.`)
  })
  died.catch(() => undefined)
  await Promise.race([once(child, 'message'), died])
  return { child, died }
}

/** A web process of ours; `profileDir`: where to leave a CPU profile when it ends. */
export const startWeb = async (
  databaseUrl: string,
  { profileDir, env = {} }: { profileDir?: string | undefined; env?: Record<string, string> } = {},
): Promise<BenchServer> => {
  const port = await findFreePort(4_100, host)
  const { child, died } = await startChild('bench/web.ts', {
    env: { ...environmentFor(databaseUrl, port), ...env },
    profileDir,
  })
  const askUsage = async (): Promise<Usage> => {
    const answer = once(child, 'message')
    child.send('usage')
    const [message] = (await Promise.race([answer, died])) as unknown[]
    if (!isUsage(message)) throw new Error('The web process did not say what it uses.')
    return message
  }
  return {
    url: `http://${host}:${port}`,
    pid: child.pid ?? 0,
    memory: async () => (await askUsage()).rss / 1_048_576,
    processorSeconds: async () => {
      const { cpu } = await askUsage()
      return (cpu.user + cpu.system) / 1_000_000
    },
    stop: () => stopChild(child),
  }
}

export type BenchWorker = Pick<BenchServer, 'pid' | 'processorSeconds' | 'stop'>

/** A worker of ours, as `npm run worker` starts it. */
export const startWorker = async (databaseUrl: string, profileDir?: string): Promise<BenchWorker> => {
  const { child } = await startChild('src/server/worker.ts', { env: environmentFor(databaseUrl, 0), profileDir })
  const pid = child.pid ?? 0
  return { pid, processorSeconds: () => processorSecondsOf(pid), stop: () => stopChild(child) }
}

/** A web process without pages, or a worker. */
export const startProduction = async (
  script: 'src/server/web.ts' | 'src/server/worker.ts',
  databaseUrl: string,
): Promise<Pick<BenchServer, 'url' | 'stop'>> => {
  const port = await findFreePort(4_400, host)
  const { child } = await startChild(script, { args: ['--api-only'], env: environmentFor(databaseUrl, port) })
  return { url: `http://${host}:${port}`, stop: () => stopChild(child) }
}
