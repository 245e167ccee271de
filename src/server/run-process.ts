import { isCompiled } from '#shared/own-script'
import { captureOutput } from './capture-output'
import { type Environment, readEnvironment } from './environment'
import { exitWithLine, sayFault } from './exit-with-line'

/** What a supervised process tells the one that started it. */
export type ReadyMessage = { type: 'ready'; port?: number }

const shutdownMs = 15_000

const environment = (): Environment => {
  try {
    return readEnvironment()
  } catch (error) {
    return exitWithLine(error)
  }
}

/** An older Node, which is refused above, could not even load what this imports. */
const prepareLoading = async (): Promise<void> => {
  // Compiled, it names the lines of the sources in its traces by itself (run.mjs).
  if (isCompiled()) return
  const { loadPackagesDirectly } = await import('./load-packages-directly')
  loadPackagesDirectly()
}

/**
 * Whether it is Payload's refusal of a query, which whoever asked has been told already. Of a path through two relations Payload refuses the
 * last part twice, and the second time nobody waits for it.
 */
const isRefusedQuery = (error: unknown): boolean => error instanceof Error && error.name === 'QueryError'

/**
 * The frame of a long-running process: says when it is ready, ends in order on SIGTERM (and on Ctrl-C when nobody
 * supervises it), and with its supervisor, however that one died, so that no orphan keeps a port. One that can no longer do its work
 * (`failed`, or an error that nobody caught) ends with code 1, for whoever started it to start it again.
 */
export const runProcess = async (
  start: () => Promise<{ port?: number; close: () => Promise<void>; failed?: Promise<Error> }>,
): Promise<void> => {
  const { NODE_ENV, LOG_LEVEL } = environment()
  // Who develops reads what Next says as it says it.
  if (NODE_ENV !== 'development') captureOutput(LOG_LEVEL)
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
    sayFault(error)
    end(1)
  }
  process.on('uncaughtException', fail)
  process.on('unhandledRejection', (error) => {
    if (!isRefusedQuery(error)) fail(error)
  })
  try {
    await prepareLoading()
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
