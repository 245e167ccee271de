import { randomUUID } from 'node:crypto'

/** The caller's `X-Request-Id` when it is harmless to log and to echo, otherwise a new one. */
export const requestIdFrom = (header: string | string[] | undefined): string =>
  typeof header === 'string' && /^[\w.:-]{8,100}$/.test(header) ? header : randomUUID()
