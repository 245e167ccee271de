import { MigrationError } from './migration-files'

/** Why a rule of `npm test` does not hold for a step: the rule's name, and the reason. */
export type AllowedRules = Readonly<Record<string, string>>

/**
 * A part of a migration that is done and remembered by itself, so that one which was interrupted goes on where it stopped. The name
 * is unique in its migration, and stays.
 */
export type MigrationStep = {
  name: string
  /** What other release's rules this step may break, and why. */
  allowed?: AllowedRules
} & (
  | {
      /** In a transaction of its own, with a short wait for locks that is tried again. */
      kind: 'transaction'
      sql: string
    }
  | {
      /** Outside of a transaction. What a failed one has left is dropped, and it is made again. */
      kind: 'create-index'
      index: string
      sql: string
    }
  | {
      /** Outside of a transaction. */
      kind: 'drop-index'
      index: string
      sql: string
    }
)

type Up = { (args: unknown): Promise<void>; steps: readonly MigrationStep[] }

/**
 * What a migration exports as `up` (and `down`) where one transaction would hold a lock for long: its steps, one after the other.
 * Helpers of this file make them.
 *
 * ```ts
 * export const up = inSteps([
 *   transaction('column', `ALTER TABLE scheduled_sessions ADD COLUMN weight integer`),
 *   createIndex('scheduled_sessions_weight_idx', 'scheduled_sessions', '(weight, id) WHERE weight > 0'),
 *   addConstraint('scheduled_sessions', 'scheduled_sessions_weight', 'CHECK (weight >= 0)'),
 *   dropIndex('scheduled_sessions_old_idx'),
 * ])
 * export const down = inSteps([…])
 * ```
 *
 * A migration that only makes new tables, or adds columns without a value, keeps a plain `up({ db })`: one transaction.
 */
export const inSteps = (given: readonly (MigrationStep | readonly MigrationStep[])[]): Up => {
  const steps = given.flat()
  const double = steps.find(({ name }, index) => steps.findIndex((step) => step.name === name) < index)
  if (double)
    throw new MigrationError(`Two steps of a migration are called ${double.name}: what is done is known by it.`)
  const refuse = () =>
    Promise.reject(new MigrationError('This migration has steps outside of a transaction: run `npm run migrate`.'))
  return Object.assign(refuse, { steps })
}

/** Statements in one transaction. They may wait for a lock only shortly, as everybody else waits behind them; then all of it is tried again. */
export const transaction = (
  name: string,
  sql: string,
  { allowed }: { allowed?: AllowedRules } = {},
): MigrationStep => ({
  kind: 'transaction',
  name,
  sql,
  allowed,
})

/**
 * An index that is made while others read and write.
 * @param table with its schema unless it is `public`; the index lies in the same one.
 * @param definition what follows `ON table`: `(starts_at DESC, id)`, `USING gin (name gin_trgm_ops) WHERE …`
 */
export const createIndex = (
  index: string,
  table: string,
  definition: string,
  { unique = false }: { unique?: boolean } = {},
): MigrationStep => ({
  kind: 'create-index',
  name: `create index ${index}`,
  index: inSchemaOf(table, index),
  sql: `CREATE ${unique ? 'UNIQUE ' : ''}INDEX CONCURRENTLY ${quote(index)} ON ${quote(table)} ${definition}`,
})

/** Takes an index away while others read and write. @param index with its schema unless it is `public`. */
export const dropIndex = (index: string): MigrationStep => ({
  kind: 'drop-index',
  name: `drop index ${index}`,
  index,
  sql: `DROP INDEX CONCURRENTLY IF EXISTS ${quote(index)}`,
})

/**
 * A check or foreign key: from now on at once, for the rows that are there while others read and write.
 * @param definition `CHECK (…)`, `FOREIGN KEY (expert_id) REFERENCES experts (id) ON DELETE SET NULL`
 */
export const addConstraint = (table: string, constraint: string, definition: string): MigrationStep[] => [
  transaction(
    `add ${constraint}`,
    `ALTER TABLE ${quote(table)} ADD CONSTRAINT ${quote(constraint)} ${definition} NOT VALID`,
  ),
  transaction(`validate ${constraint}`, `ALTER TABLE ${quote(table)} VALIDATE CONSTRAINT ${quote(constraint)}`),
]

/** A unique constraint, from an index that is made while others read and write. @param columns `(owner_id, position)` */
export const addUnique = (table: string, constraint: string, columns: string): MigrationStep[] => [
  createIndex(constraint, table, columns, { unique: true }),
  transaction(
    `add ${constraint}`,
    `ALTER TABLE ${quote(table)} ADD CONSTRAINT ${quote(constraint)} UNIQUE USING INDEX ${quote(constraint)}`,
  ),
]

/** `NOT NULL` for a column that every row has a value in: they are looked at while others read and write. */
export const setNotNull = (table: string, column: string): MigrationStep[] => {
  const check = `${column}_not_null_check`
  return [
    ...addConstraint(table, check, `CHECK (${quote(column)} IS NOT NULL)`),
    transaction(
      `set ${column} not null`,
      `ALTER TABLE ${quote(table)} ALTER COLUMN ${quote(column)} SET NOT NULL; ALTER TABLE ${quote(table)} DROP CONSTRAINT ${quote(check)}`,
    ),
  ]
}

const inSchemaOf = (table: string, name: string): string =>
  table.includes('.') ? `${table.split('.')[0] ?? ''}.${name}` : name

const quote = (name: string): string =>
  name
    .split('.')
    .map((part) => `"${part.replaceAll('"', '""')}"`)
    .join('.')
