import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { inject } from 'vitest'
import { heapFlags } from '#server/heap-flags'
import { cleanUpLater } from './clean-up'
import type { TestDatabase } from './database'
import { findFreePort } from './free-port'

export type ServerProcess = {
  pid: number
  /** Ends it at once, as a power cut would. */
  kill: () => Promise<void>
  /** SIGTERM, and waits; resolves to its exit code. */
  stop: () => Promise<number | null>
  exited: Promise<number | null>
  /** What it has written so far, log and errors. */
  output: () => string
}

export type WebProcess = ServerProcess & { url: string }

const startProcess = async (
  script: string,
  {
    args = [],
    folder = process.cwd(),
    // A copy of the product is compiled by its own build.
    compiled = folder === process.cwd(),
    env,
  }: { args?: string[]; folder?: string | undefined; compiled?: boolean | undefined; env: Record<string, string> },
): Promise<ServerProcess> => {
  const [file, own] = compiled ? ['src/server/run.mjs', [script]] : [script, []]
  const child: ChildProcess = fork(path.join(folder, file), [...own, ...args], {
    cwd: folder,
    env: { ...process.env, LOG_LEVEL: 'warn', PARLEY_DEMO: '1', NODE_ENV: 'production', NODE_OPTIONS: '', ...env },
    execArgv: [...(compiled ? heapFlags : ['--import', 'tsx']), '--no-deprecation'],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  let output = ''
  const keep = (chunk: Buffer) => (output += chunk.toString())
  child.stdout?.on('data', keep)
  child.stderr?.on('data', keep)
  const exited = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)))
  const end = async (signal: 'SIGKILL' | 'SIGTERM') => {
    child.kill(signal)
    return exited
  }
  cleanUpLater(() => end('SIGKILL'))
  const ready = once(child, 'message').then(() => true)
  if (!(await Promise.race([ready, exited.then(() => false)]))) {
    throw new Error(`${script} did not start: ${output.trim()}`)
  }
  return {
    pid: child.pid ?? 0,
    exited,
    kill: async () => {
      await end('SIGKILL')
    },
    stop: () => end('SIGTERM'),
    output: () => output,
  }
}

/**
 * A real web process on a port of its own. Without `pages` it serves the API only; with them it serves the production build, which the
 * browser project has made.
 */
export const startWebProcess = async ({
  database,
  env = {},
  pages = false,
  compiled,
  folder,
}: {
  database: TestDatabase
  env?: Record<string, string>
  pages?: boolean
  /** As production runs it: what `npm run build` compiles of these sources; in this checkout by default. */
  compiled?: boolean | undefined
  /** Of a copy of the product; this checkout by default. */
  folder?: string
}): Promise<WebProcess> => {
  const port = await findFreePort()
  const url = `http://127.0.0.1:${port}`
  const running = await startProcess('src/server/web.ts', {
    args: pages ? [] : ['--api-only'],
    folder,
    compiled,
    env: {
      DATABASE_URL: database.url,
      PORT: String(port),
      HOST: '127.0.0.1',
      SERVER_URL: url,
      // A copy finds its own build.
      ...(pages && !folder ? { NEXT_DIST_DIR: inject('distDir') } : {}),
      ...env,
    },
  })
  return { ...running, url }
}

/** A real worker process. */
export const startWorkerProcess = ({
  database,
  env = {},
  compiled,
  folder,
}: {
  database: TestDatabase
  env?: Record<string, string>
  compiled?: boolean | undefined
  folder?: string
}): Promise<ServerProcess> =>
  startProcess('src/server/worker.ts', { folder, compiled, env: { DATABASE_URL: database.url, ...env } })
