import { fork, type ChildProcess } from 'node:child_process'
import path from 'node:path'
import { projectRoot, type Environment } from './environment'
import { StartError } from './exit-with-line'
import { heapFlags } from './heap-flags'
import type { ReadyMessage } from './run-process'
import { minuteMs } from '#shared/time'

export type Supervised = {
  name: string
  /** Rejects with StartError when the process ends before it was ever ready. */
  ready: Promise<void>
  /** Of the process that runs now; undefined between two. */
  pid: () => number | undefined
  restart: () => void
  stop: () => Promise<void>
}

const firstBackoffMs = 500
const longestBackoffMs = 30_000
const stableMs = minuteMs
const killAfterMs = 20_000

const isReady = (message: unknown): message is ReadyMessage =>
  typeof message === 'object' && message !== null && 'type' in message && message.type === 'ready'

/**
 * Keeps a process of ours running: started again when it dies, after a wait that doubles while it keeps dying. It ends
 * with us, also when we are killed, as its channel to us closes then (see `runProcess`).
 */
export const supervise = ({
  name,
  script,
  args = [],
  env,
  report,
}: {
  name: string
  /** Below the checkout. */
  script: string
  args?: string[]
  env: Environment
  report: (line: string) => void
}): Supervised => {
  let child: ChildProcess | undefined
  let isStopping = false
  let wasReady = false
  let backoff = firstBackoffMs
  let timer: NodeJS.Timeout | undefined
  let resolveReady: () => void
  let rejectReady: (error: Error) => void
  const ready = new Promise<void>((resolve, reject) => {
    resolveReady = resolve
    rejectReady = reject
  })

  const spawn = (): void => {
    const startedAt = Date.now()
    const started = fork(path.join(projectRoot, 'src/server/run.mjs'), [script, ...args], {
      cwd: projectRoot,
      env: { ...env, NODE_ENV: env.NODE_ENV === 'development' ? 'development' : 'production' },
      execArgv: [...heapFlags, '--no-deprecation'],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    })
    child = started
    started.on('message', (message) => {
      if (!isReady(message)) return
      if (wasReady) report(`${name} runs again`)
      wasReady = true
      resolveReady()
    })
    started.once('exit', (code, signal) => {
      child = undefined
      if (isStopping) return
      if (!wasReady) return rejectReady(new StartError(`${name} did not start (${signal ?? `exit code ${code}`}).`))
      if (Date.now() - startedAt > stableMs) backoff = firstBackoffMs
      report(`${name} ended (${signal ?? `exit code ${code}`}); starting it again in ${backoff / 1000} s`)
      timer = setTimeout(spawn, backoff)
      backoff = Math.min(backoff * 2, longestBackoffMs)
    })
  }
  spawn()

  const end = (): Promise<void> =>
    new Promise((resolve) => {
      const ending = child
      if (!ending || ending.exitCode !== null || ending.signalCode !== null) return resolve()
      const kill = setTimeout(() => ending.kill('SIGKILL'), killAfterMs)
      ending.once('exit', () => {
        clearTimeout(kill)
        resolve()
      })
      ending.kill('SIGTERM')
    })

  return {
    name,
    ready,
    pid: () => child?.pid,
    restart: () => {
      backoff = firstBackoffMs
      void end()
    },
    stop: async () => {
      isStopping = true
      clearTimeout(timer)
      await end()
    },
  }
}
