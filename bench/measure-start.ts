import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import { processorSecondsOf } from './processor-time'

/** How far a process has come, since it was started. */
export type Moment = {
  /** On the clock: as long as other work of the machine lets it take. */
  seconds: number
  /** Of the processor, in all its threads. */
  processorSeconds: number
}

export type Memory = {
  /** Resident, in MB. */
  resident: number
  /** The same with pages that several processes share counted in parts. */
  proportional: number
}

/** Takes too long for anything but a fault, on whatever machine. */
const patienceMs = 300_000
const pollMs = 10

const memoryOf = async (pid: number): Promise<Memory> => {
  const rollup = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8')
  const megabytes = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(rollup)?.[1]) / 1024
  return { resident: megabytes('Rss'), proportional: megabytes('Pss') }
}

/** What is measured of a process that runs. */
export type MeasuredProcess = {
  child: ChildProcess
  /** From its start until it said that it was ready. */
  ready: Moment
  /** What it has used by now. */
  moment: () => Promise<Moment>
  /** What it holds after it has had nothing to do for so many seconds. */
  atRest: (idleSeconds: number) => Promise<Memory>
  /** Asks until it answers with 200, and then says when that was. @throws Error when it ends or takes five minutes. */
  firstAnswer: (url: string) => Promise<Moment>
  /** What it has written. */
  said: () => string
  /** SIGTERM, and waits. */
  stop: () => Promise<void>
}

/**
 * Starts a process as production does (`command` is what stands behind `node`), and measures it. Linux only.
 * @param options.user the account it runs as; that of the caller without it.
 * @throws Error with what it wrote when it does not start.
 */
export const measureStart = async (
  command: readonly string[],
  { folder, env, url, user }: { folder: string; env: NodeJS.ProcessEnv; url?: string; user?: number | undefined },
): Promise<MeasuredProcess & { live: Moment | undefined }> => {
  const startedAt = performance.now()
  const child = spawn(process.execPath, command, {
    cwd: folder,
    env,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    ...(user === undefined ? {} : { uid: user, gid: user }),
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (said += chunk.toString()))
  const { pid } = child
  if (pid === undefined) throw new Error(`${process.execPath} could not be started.`)
  const ended = once(child, 'close').then((): never => {
    throw new Error(`It ended: ${said.trim()}`)
  })
  ended.catch(() => undefined)
  const moment = async (): Promise<Moment> => ({
    seconds: (performance.now() - startedAt) / 1000,
    processorSeconds: await processorSecondsOf(pid),
  })
  const firstAnswer = async (at: string): Promise<Moment> => {
    const deadline = Date.now() + patienceMs
    const ask = async () => (await fetch(at, { signal: AbortSignal.timeout(patienceMs) })).status
    for (let status = 0; ; await Promise.race([delay(pollMs), ended])) {
      status = await Promise.race([ask().catch(() => 0), ended])
      if (status === 200) return moment()
      if (Date.now() > deadline) throw new Error(`${at} does not answer: ${status}`)
    }
  }
  const live = url === undefined ? undefined : firstAnswer(`${url}/api/health/live`)
  live?.catch(() => undefined)
  await Promise.race([once(child, 'message'), ended])
  const ready = await moment()
  return {
    child,
    ready,
    live: await live,
    moment,
    firstAnswer,
    atRest: async (idleSeconds) => {
      await delay(idleSeconds * 1000)
      return memoryOf(pid)
    },
    said: () => said,
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return
      const closed = once(child, 'close')
      child.kill('SIGTERM')
      await closed
    },
  }
}
