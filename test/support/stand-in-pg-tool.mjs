// Stands in for pg_dump and pg_restore where a machine has none: rows as JSON, the schema by the product's own migrations.
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import pg from 'pg'

const [tool, ...args] = process.argv.slice(2)
if (args.includes('--version')) {
  console.log(`${tool} (PostgreSQL) ${process.env.STAND_IN_VERSION ?? '99.1'}`)
  process.exit(0)
}
const option = (name) => args.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3)
const url = new URL(option('dbname'))
if (url.password) throw new Error('A password stands among the arguments.')
url.password = process.env.PGPASSWORD ?? ''
const excluded = args.flatMap((arg) => (arg.startsWith('--exclude-table-data=') ? [arg.slice(21)] : []))
const tables = `SELECT format('%I.%I', n.nspname, c.relname) AS name,
    (SELECT string_agg(quote_ident(attname), ', ') FROM pg_attribute
      WHERE attrelid = c.oid AND attnum > 0 AND NOT attisdropped AND attgenerated = '') AS columns
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind = 'r' AND n.nspname IN ('public', 'parley', 'graphile_worker')`

if (tool === 'pg_restore') {
  const file = args.find((arg) => !arg.startsWith('--'))
  const migrate = ['--import', 'tsx', 'src/database/migrate.ts']
  const client = new pg.Client({ connectionString: url.href, application_name: tool })
  await client.connect()
  // Our migrations refuse what a restore has marked; a dump brings its schema without them.
  await client.query('ALTER SCHEMA parley_restoring RENAME TO set_aside')
  const { status, stderr } = spawnSync(process.execPath, migrate, { env: { ...process.env, DATABASE_URL: url.href } })
  await client.query('ALTER SCHEMA set_aside RENAME TO parley_restoring')
  if (status !== 0) throw new Error(String(stderr))
  // As a test has it, everybody else is thrown out before this is done.
  if (process.env.STAND_IN_THROWS_OUT) {
    await client.query(
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
    )
  }
  await client.query(`SET session_replication_role = replica`)
  const dump = JSON.parse(readFileSync(file, 'utf8'))
  await client.query(`TRUNCATE ${Object.keys(dump).join(', ')} CASCADE`)
  for (const [name, { columns, rows }] of Object.entries(dump)) {
    await client.query(
      `INSERT INTO ${name} (${columns}) OVERRIDING SYSTEM VALUE SELECT ${columns} FROM json_populate_recordset(NULL::${name}, $1)`,
      [JSON.stringify(rows)],
    )
  }
  await client.end()
  // Or nobody hears that it is.
  if (process.env.STAND_IN_FAILS) throw new Error('The connection was lost.')
} else {
  const client = new pg.Client({ connectionString: url.href })
  await client.connect()
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ')
  await client.query(`SET TRANSACTION SNAPSHOT '${option('snapshot')}'`)
  const dump = {}
  for (const { name, columns } of (await client.query(tables)).rows) {
    if (excluded.includes(name)) continue
    dump[name] = { columns, rows: (await client.query(`SELECT ${columns} FROM ${name}`)).rows }
  }
  writeFileSync(option('file'), JSON.stringify(dump))
  await client.end()
}
