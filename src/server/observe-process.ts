import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Payload } from 'payload'
import type { Pool } from 'pg'
import { replicaState } from '#database/replica'
import { watchDatabase } from '#desk/figures/watch-database'
import { isBearerOf } from '#observability/is-bearer-of'
import { startMeasuring, tellMetrics } from '#observability/measure'
import { noteProviderCall, watchPool, watchReplica, watchRequests } from '#observability/note'
import { traceStatements } from '#observability/trace-statements'
import { setTracer } from '#observability/traces'
import { onProviderCall } from '#providers/provider-call'
import { settings } from '#settings'
import { listen } from './listen'
import { logger } from './logger'

/**
 * Lets a process be seen from outside, as far as the settings want it: metrics, on a port of their own where one is set, and traces.
 * @returns how to end it.
 * @throws StartError when the port is in use.
 */
export const observeProcess = async (payload: Payload, process: 'web' | 'worker'): Promise<() => Promise<void>> => {
  const { metrics, traces } = settings
  const { pool } = payload.db as unknown as { pool: Pool }
  const ends: (() => unknown)[] = []
  if (traces) ends.push(await startTraces(pool, { ...traces, service: `parley-${process}` }))
  if (metrics) {
    await startMeasuring()
    ends.push(watchRequests(), watchPool('payload', pool), watchDatabase(payload))
    // A worker reads nothing of the kind.
    if (process === 'web') ends.push(watchReplica(() => replicaState(payload)))
    if (metrics.port !== undefined) ends.push(await serveMetrics({ ...metrics, port: metrics.port }))
  }
  if (metrics ?? traces) ends.push(onProviderCall(noteProviderCall))
  return async () => {
    for (const end of ends.reverse()) await end()
  }
}

const serveMetrics = async ({
  port,
  host,
  token,
}: {
  port: number
  host: string
  token: string | undefined
}): Promise<() => Promise<unknown>> => {
  const server = createServer((from, to) => {
    answer(from, to, token).catch((err: unknown) => {
      logger.error({ err, msg: 'The metrics could not be told' })
      to.destroy()
    })
  })
  await listen(server, { port, host, setting: 'METRICS_PORT' })
  return () => {
    const closed = new Promise((resolve) => server.close(resolve))
    server.closeAllConnections()
    return closed
  }
}

/** Loads what traces only where they are wanted. @returns how to end them; what has not been sent is sent then. */
const startTraces = async (
  pool: Pool,
  options: { endpoint: string; ratio: number; service: string },
): Promise<() => Promise<void>> => {
  const { createOtlpTracer } = await import('#observability/otlp-tracer')
  const tracer = createOtlpTracer(options)
  setTracer(tracer)
  traceStatements(pool)
  return async () => {
    setTracer(undefined)
    await tracer.close().catch((err: unknown) => {
      logger.warn({ err, msg: 'The last traces could not be sent' })
    })
  }
}

const answer = async (from: IncomingMessage, to: ServerResponse, token: string | undefined): Promise<void> => {
  const [path] = (from.url ?? '').split('?', 1)
  const isAllowed = token === undefined || isBearerOf(from.headers.authorization, token)
  const told = path === '/metrics' && from.method === 'GET' && isAllowed ? await tellMetrics() : undefined
  if (!told) to.writeHead(404).end()
  else to.writeHead(200, { 'Content-Type': told.contentType, 'Cache-Control': 'no-store' }).end(told.text)
}
