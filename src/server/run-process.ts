import { exitWithLine } from './exit-with-line'
import { loadPackagesDirectly } from './load-packages-directly'

/** What a supervised process tells the one that started it. */
export type ReadyMessage = { type: 'ready'; port?: number }

const shutdownMs = 15_000

/**
 * The frame of a long-running process: says when it is ready, ends in order on SIGTERM (and on Ctrl-C when nobody
 * supervises it), and with its supervisor, however that one died, so that no orphan keeps a port. One that can no longer do its work
 * (`failed`, or an error that nobody caught) ends with code 1, for whoever started it to start it again.
 */
export const runProcess = async (
  start: () => Promise<{ port?: number; close: () => Promise<void>; failed?: Promise<Error> }>,
): Promise<void> => {
  let close: (() => Promise<void>) | undefined
  let isEnding = false
  const end = (code: number) => {
    if (isEnding) return
    isEnding = true
    setTimeout(() => process.exit(1), shutdownMs).unref()
    void Promise.resolve(close?.()).then(
      () => process.exit(code),
      (error: unknown) => exitWithLine(error),
    )
  }
  process.once('SIGTERM', () => end(0))
  process.on('SIGINT', () => {
    // Ctrl-C reaches the whole group; a supervised process is ended by its supervisor, in order.
    if (!process.send) end(0)
  })
  process.once('disconnect', () => end(0))
  const fail = (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
    end(1)
  }
  process.on('uncaughtException', fail)
  process.on('unhandledRejection', (error) => {
    if (!isLeftByPayload(error)) fail(error)
  })
  loadPackagesDirectly()
  try {
    const running = await start()
    close = running.close
    void running.failed?.then(fail)
    if (isEnding) return void (await running.close().finally(() => process.exit(0)))
    const ready: ReadyMessage = { type: 'ready', ...(running.port === undefined ? {} : { port: running.port }) }
    process.send?.(ready)
  } catch (error) {
    exitWithLine(error)
  }
}

/**
 * Of a query whose path leads through two relations Payload checks the end a second time and waits for nobody to hear of it
 * (`validateSearchParam`); the caller has the same refusal already. Anybody could end the process with such a query.
 */
const isLeftByPayload = (error: unknown): boolean => error instanceof Error && error.name === 'QueryError'
