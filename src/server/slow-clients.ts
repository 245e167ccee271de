import type { Server, ServerOptions } from 'node:http'
import { settings } from '#settings'

/** Connections of one web process, and how slow a body may be: no line that people use is slower. Those that say nothing, or drip, are closed and make room. */
export const connectionBounds = { most: 2_000, leastBytesPerSecond: 1_000 } as const

/**
 * How long a client may take with its headers, and with all of its request. What comes after that is answered 408, and closed: a connection
 * over which nothing was ever said as well.
 */
export const requestTimeouts = (): ServerOptions => ({
  headersTimeout: settings.slowClientMs,
  requestTimeout: 4 * settings.slowClientMs,
  keepAliveTimeout: 65_000,
  // How often Node looks for them.
  connectionsCheckingInterval: Math.max(100, Math.round(settings.slowClientMs / 10)),
})

/** Bounds how many connections there are, and closes one over which nothing goes either way for long: its client does not read what it has asked for. */
export const boundConnections = (server: Server): void => {
  server.maxConnections = connectionBounds.most
  server.timeout = 8 * settings.slowClientMs
}

/** Whether a body comes so slowly that it is not waited for: less than a line gives, once its beginning was waited for. */
export const isTooSlow = ({ bytes, ms }: { bytes: number; ms: number }): boolean =>
  ms > settings.slowClientMs &&
  bytes < ((ms - settings.slowClientMs) / 1_000) * connectionBounds.leastBytesPerSecond + 1
