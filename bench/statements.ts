import { writeFile } from 'node:fs/promises'
import type { Client } from 'pg'

/** With what a PostgreSQL counts its statements. */
export const statementSettings = {
  shared_preload_libraries: 'pg_stat_statements',
  'pg_stat_statements.track_planning': 'on',
  'pg_stat_statements.track': 'all',
}

type Counted = { calls: number; planned: number; executed: number; query: string }

/** Writes into `file` what the statements of this database took, by the time that they took altogether: calls, ms of planning and of execution, text. */
export const writeStatements = async (database: Client, file: string): Promise<void> => {
  await database.query('CREATE EXTENSION IF NOT EXISTS pg_stat_statements')
  const { rows } = await database.query<Counted>(
    `SELECT calls::float8 AS calls, total_plan_time AS planned, total_exec_time AS executed, query
       FROM pg_stat_statements WHERE dbid = (SELECT oid FROM pg_database WHERE datname = current_database())
      ORDER BY total_plan_time + total_exec_time DESC`,
  )
  const line = ({ calls, planned, executed, query }: Counted) =>
    [calls, planned.toFixed(0), executed.toFixed(0), query.replace(/\s+/g, ' ').slice(0, 1_500)].join('\t')
  await writeFile(file, ['calls\tplanned ms\texecuted ms\tstatement', ...rows.map(line)].join('\n') + '\n')
}
