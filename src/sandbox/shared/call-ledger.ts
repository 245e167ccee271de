/** One call that a sandbox was asked for. */
export type LedgerEntry = {
  /** Counts up from 1; never the same twice, also after old ones were dropped. */
  number: number
  /** Epoch ms, by the sandbox's clock. */
  at: number
  method: string
  path: string
  /** The name of the call, for example `events.insert`; `unknown` for what the API does not have. */
  operation: string
  /** On whose behalf: an email address, or null before that is known. */
  account: string | null
  /** Null: no answer was given (yet). */
  status: number | null
  /** What the sandbox was told to do wrong with it. */
  fault: string | null
}

const remembered = 10_000

/** Every call of the API, so that tests can count them and people can see them. Lives as long as the process. */
export const createCallLedger = () => {
  const entries: LedgerEntry[] = []
  let last = 0
  return {
    /** Notes a call that begins. The entry is completed in place. */
    open: (call: Pick<LedgerEntry, 'at' | 'method' | 'path' | 'operation' | 'fault'>): LedgerEntry => {
      const entry: LedgerEntry = { ...call, number: ++last, account: null, status: null }
      entries.push(entry)
      if (entries.length > remembered) entries.shift()
      return entry
    },
    entries: (operation?: string): LedgerEntry[] =>
      operation === undefined ? [...entries] : entries.filter((entry) => entry.operation === operation),
    clear: (): void => void entries.splice(0),
  }
}

export type CallLedger = ReturnType<typeof createCallLedger>
