/** The part of autocannon that the benchmarks use; the package brings no types. */
declare module 'autocannon' {
  import type { EventEmitter } from 'node:events'

  export type Request = {
    method?: string
    path?: string
    headers?: Record<string, string>
    body?: string
    /** Makes the next request; called before each. */
    setupRequest?: (request: Request) => Request
    onResponse?: (status: number, body: string) => void
  }
  export type Options = {
    url: string
    connections: number
    /** Seconds. */
    duration: number
    requests: Request[]
  }
  export type Result = {
    requests: { total: number }
    /** Seconds. */
    duration: number
    non2xx: number
    errors: number
    timeouts: number
  }
  /** Emits `response` with (client, status, bytes, milliseconds) for each answer. */
  const autocannon: (options: Options) => EventEmitter & PromiseLike<Result>
  export default autocannon
}
