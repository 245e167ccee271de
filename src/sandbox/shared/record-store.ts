import { openJournal, type JournalEntry } from './record-journal'
import { shareWrites } from './state-files'

/** Records of one kind by key, in the order in which they were made. A record is never changed in place: put a new one. */
export type Table<Row extends object> = {
  get: (key: string) => Readonly<Row> | undefined
  put: (key: string, row: Row) => void
  delete: (key: string) => void
  keys: () => Iterable<string>
  values: () => Iterable<Readonly<Row>>
  size: () => number
}

export type RecordStore<Rows extends Record<string, object>> = {
  tables: { [Name in keyof Rows]: Table<Rows[Name]> }
  /** Resolves when everything that was put so far would survive a kill; at once where there is no file. */
  flush: () => Promise<void>
  close: () => Promise<void>
}

const createTable = <Row extends object>(note: (key: string, row: Row | null) => void): Table<Row> => {
  const rows = new Map<string, Row>()
  return {
    get: (key) => rows.get(key),
    put: (key, row) => {
      rows.set(key, row)
      note(key, row)
    },
    delete: (key) => {
      if (rows.delete(key)) note(key, null)
    },
    keys: () => rows.keys(),
    values: () => rows.values(),
    size: () => rows.size,
  }
}

/**
 * Everything that a sandbox knows: tables in memory and, where a file is given, a journal of what changed. Writing costs as
 * much as the change, however much is stored.
 * @param names the tables; what the file has of others is dropped.
 * @throws Error when the file is there but cannot be used: what people rely on must not vanish silently.
 */
export const openRecordStore = async <Rows extends Record<string, object>>(options: {
  name: string
  names: readonly (keyof Rows & string)[]
  file: string | undefined
}): Promise<RecordStore<Rows>> => {
  const { name, names, file } = options
  /** What changed since the last write; only the latest row of a key counts. */
  let pending = new Map<string, JournalEntry>()
  const note = (table: string) => (key: string, row: object | null) => {
    if (file) pending.set(`${table}/${key}`, [table, key, row])
  }
  // Every name of `Rows` is in `names`, which the type of a list cannot say.
  const tables = Object.fromEntries(names.map((table) => [table, createTable(note(table))])) as unknown as {
    [Name in keyof Rows]: Table<Rows[Name]>
  }
  if (!file) return { tables, flush: async () => undefined, close: async () => undefined }

  const journal = await openJournal({ file, name })
  for (const [table, key, row] of journal.entries) {
    // What this program wrote under that name has that shape.
    if (Object.hasOwn(tables, table)) tables[table]?.put(key, row as Rows[string])
  }
  const everything = (): JournalEntry[] =>
    names.flatMap((table) =>
      [...tables[table].keys()].map((key): JournalEntry => [table, key, tables[table].get(key) ?? null]),
    )
  pending = new Map()
  await journal.rewrite(everything())

  const write = async (): Promise<void> => {
    const entries = [...pending.values()]
    pending = new Map()
    if (!entries.length) return
    try {
      const isWorthRewriting = journal.lines() > 4 * names.reduce((sum, table) => sum + tables[table].size(), 1000)
      await (isWorthRewriting ? journal.rewrite(everything()) : journal.append(entries))
    } catch (error) {
      // The next write tries again; what was put meanwhile is newer.
      pending = new Map([...entries.map((entry) => [`${entry[0]}/${entry[1]}`, entry] as const), ...pending])
      throw error
    }
  }
  const flush = shareWrites(write)
  return {
    tables,
    flush,
    close: async () => {
      await flush()
      await journal.close()
    },
  }
}
