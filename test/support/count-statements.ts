import type { Payload } from 'payload'
import type pg from 'pg'

/** What was asked of the database: the statements on data, and the transactions that were begun. */
export type Statements = { data: string[]; transactions: number }

const textOf = (query: unknown): string =>
  typeof query === 'string'
    ? query
    : typeof query === 'object' && query !== null && 'text' in query
      ? String(query.text)
      : ''

const [beginning, ending] = [/^\s*(begin|start transaction)\b/i, /^\s*(commit|rollback)\s*;?\s*$/i]

const known = new WeakMap<Payload, (onStatement: (text: string) => void) => () => void>()

/** Listens to the pool of a Payload: every statement that a connection of it sends, savepoints and prepared ones too. */
const listen = (payload: Payload): ((onStatement: (text: string) => void) => () => void) => {
  const listeners = new Set<(text: string) => void>()
  const heard = new WeakSet<pg.PoolClient>()
  const { pool } = payload.db as unknown as { pool: pg.Pool }
  pool.on('acquire', (client) => {
    if (heard.has(client)) return
    heard.add(client)
    const send = client.query.bind(client) as (...args: unknown[]) => unknown
    const query = (...args: unknown[]) => {
      for (const tell of listeners) tell(textOf(args[0]))
      return send(...args)
    }
    Object.assign(client, { query })
  })
  return (onStatement) => {
    listeners.add(onStatement)
    return () => listeners.delete(onStatement)
  }
}

/**
 * Counts what `run` asks of the database through this Payload; what else the process does meanwhile counts as well.
 * @param options.onStatement called before each statement is sent.
 */
export const countStatements = async (
  payload: Payload,
  run: () => Promise<unknown>,
  options: { onStatement?: (text: string) => void } = {},
): Promise<Statements> => {
  let hear = known.get(payload)
  if (!hear) {
    hear = listen(payload)
    known.set(payload, hear)
  }
  const counted: Statements = { data: [], transactions: 0 }
  const stop = hear((text) => {
    options.onStatement?.(text)
    if (beginning.test(text)) counted.transactions++
    else if (!ending.test(text)) counted.data.push(text.replace(/\s+/g, ' ').trim())
  })
  try {
    await run()
  } finally {
    stop()
  }
  return counted
}
