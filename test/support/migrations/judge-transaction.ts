import type pg from 'pg'
import type { LockFinding, LockRule } from './lock-rules'
import { type Catalog, readCatalog, readWriteLocks } from './read-catalog'
import { readStatements } from './read-statements'

/** So many tables may be locked against writing at once; their locks are waited for one after the other. */
const mostTables = 5

/**
 * Runs `work` in a transaction and tells which rules it breaks: by its statements, and by what they did, as PostgreSQL itself says it
 * afterwards: which tables have other files, which indexes and constraints are there, what is locked.
 * @param options.keep commit it; otherwise nothing of it stays
 */
export const judgeTransaction = async (
  client: pg.Client,
  work: (client: pg.Client) => Promise<unknown>,
  { keep }: { keep: boolean },
): Promise<LockFinding[]> => {
  const texts: string[] = []
  await client.query('BEGIN')
  try {
    const before = await readCatalog(client)
    await work(recording(client, texts))
    const [after, locked] = [await readCatalog(client), await readWriteLocks(client)]
    await client.query(keep ? 'COMMIT' : 'ROLLBACK')
    const existing = new Set([...before.tables.values()].map(({ name }) => name))
    const said = await Promise.all(texts.map((text) => readStatements(text, existing)))
    return [...said.flat(), ...compare(before, after, locked)]
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined)
    throw error
  }
}

/** The same connection, which notes what it is asked. */
const recording = (client: pg.Client, texts: string[]): pg.Client =>
  new Proxy(client, {
    get(target, property) {
      const value: unknown = Reflect.get(target, property, target)
      if (typeof value !== 'function') return value
      if (property !== 'query') return value.bind(target) as unknown
      return (...args: unknown[]) => {
        const [given] = args
        texts.push(typeof given === 'string' ? given : (given as pg.QueryConfig).text)
        return Reflect.apply(value, target, args) as unknown
      }
    },
  })

const compare = (before: Catalog, after: Catalog, locked: ReadonlySet<string>): LockFinding[] => {
  const found: LockFinding[] = []
  const note = (rule: LockRule, detail: string) => found.push({ rule, detail })
  const nameOf = (table: string) => before.tables.get(table)?.name ?? ''

  for (const [key, { name, file }] of before.tables) {
    const now = after.tables.get(key)
    if (!now) note('takes-away', `table ${name}`)
    else if (now.name !== name) note('takes-away', `table ${name}, renamed to ${now.name}`)
    if (now && now.file !== file) note('rewrites-table', name)
  }
  for (const [key, { table, name }] of before.columns) {
    if (!after.tables.has(table)) continue
    const now = after.columns.get(key)
    if (!now) note('takes-away', `column ${nameOf(table)}.${name}`)
    else if (now.name !== name) note('takes-away', `column ${nameOf(table)}.${name}, renamed to ${now.name}`)
  }
  for (const [key, { table, name, required, hasDefault }] of after.columns) {
    if (!required || !before.tables.has(table)) continue
    const was = before.columns.get(key)
    if (!was && !hasDefault) note('required-column', `${nameOf(table)}.${name}`)
    if (was && !was.required && !isKnownToBeFilled(before, table, name)) {
      note('not-null-checked-at-once', `${nameOf(table)}.${name}`)
    }
  }
  for (const [key, { table, name }] of after.indexes) {
    if (!before.indexes.has(key) && before.tables.has(table)) note('index-under-lock', name)
  }
  for (const [key, { table, name }] of before.indexes) {
    const isLeft = after.tables.has(table)
    const hasItsColumns = ![...before.columns].some(
      ([column, one]) => one.table === table && !after.columns.has(column),
    )
    if (isLeft && hasItsColumns && !after.indexes.has(key)) note('index-dropped-under-lock', name)
  }
  for (const [key, { table, name, valid }] of after.constraints) {
    if (!valid || !before.tables.has(table)) continue
    const was = before.constraints.get(key)
    if (!was) note('constraint-checked-at-once', name)
    else if (!was.valid && locked.has(table)) note('validated-under-lock', name)
  }
  const lockedBefore = [...before.tables.keys()].filter((table) => locked.has(table))
  if (lockedBefore.length > mostTables) note('locks-many-tables', lockedBefore.map(nameOf).join(', '))
  return found
}

/** A validated check says so, and then PostgreSQL looks at no row. */
const isKnownToBeFilled = (catalog: Catalog, table: string, column: string): boolean =>
  [...catalog.constraints.values()].some(
    (one) =>
      one.table === table &&
      one.valid &&
      one.kind === 'c' &&
      one.definition.replaceAll('"', '') === `CHECK ((${column} IS NOT NULL))`,
  )
