import { AsyncResource } from 'node:async_hooks'
import { nameStatement } from './name-statement'
import { startPart } from './traces'

type Client = { query: (...args: never[]) => unknown }
type TracedPool = {
  on: (event: 'connect', listener: (client: Client) => void) => unknown
  connect: (...args: never[]) => unknown
  _clients?: readonly Client[]
}

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'error'

const isThenable = (value: unknown): value is PromiseLike<unknown> =>
  typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function'

/** Every statement of a traced piece of work becomes a part of it, on those connections of a pool that there are and that come. */
export const traceStatements = (pool: TracedPool): void => {
  pool._clients?.forEach(traceClient)
  pool.on('connect', traceClient)
  const { connect } = pool
  // Whoever waited for a connection is called by the one who gave it back, and would become a part of that one's work.
  pool.connect = (...args: unknown[]) =>
    Reflect.apply(
      connect,
      pool,
      args.map((arg) => (typeof arg === 'function' ? AsyncResource.bind(arg as () => void) : arg)),
    )
}

const traceClient = (client: Client): void => {
  const { query } = client
  const run = (args: unknown[]): unknown => Reflect.apply(query, client, args)
  client.query = (...args: unknown[]) => {
    const name = nameStatement(args[0])
    const span = startPart({
      name,
      kind: 'client',
      attributes: { 'db.system.name': 'postgresql', 'db.query.summary': name },
    })
    if (!span) return run(args)
    const last: unknown = args.at(-1)
    if (typeof last === 'function') {
      const callback = (...answer: unknown[]): void => {
        span.end(answer[0] ? { fault: codeOf(answer[0]) } : {})
        Reflect.apply(last, undefined, answer)
      }
      return run([...args.slice(0, -1), callback])
    }
    const result = run(args)
    if (!isThenable(result)) {
      span.end()
      return result
    }
    result.then(
      () => span.end(),
      (error: unknown) => span.end({ fault: codeOf(error) }),
    )
    return result
  }
}
