import { sql } from '@payloadcms/db-postgres'
import type { SQL } from '@payloadcms/db-postgres/drizzle'
import { type LedgerAccount, ledgerKindNames, ledgerKinds } from './ledger-kinds'

const namesOf = (account: LedgerAccount, factor: 1 | -1): SQL =>
  sql.raw(
    ledgerKindNames
      .filter((kind) => ledgerKinds[kind].moves[account] === factor)
      .map((kind) => `'${kind}'`)
      .join(', ') || 'NULL',
  )

/** What the entries of the table with that alias move an account by, summed; minor units as a float8. */
export const sumOfMoves = (account: LedgerAccount, alias: string): SQL => {
  const [kind, amount] = [sql.raw(`${alias}.kind`), sql.raw(`${alias}.amount`)]
  return sql`coalesce(sum(CASE WHEN ${kind} IN (${namesOf(account, 1)}) THEN ${amount}
    WHEN ${kind} IN (${namesOf(account, -1)}) THEN -${amount} ELSE 0 END), 0)::float8`
}
