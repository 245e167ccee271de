import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import pg from 'pg'
import { expect, inject, it } from 'vitest'
import { runMigrations } from '#database/run-migrations'
import { cleanUpLater } from '../../support/clean-up'

it('a role that owns its database and has no other right can bring it up to date', async () => {
  const name = `role_${randomBytes(6).toString('hex')}`
  const script = await readFile('deploy/postgres/create-role.sh', 'utf8')
  const statements = /<<'SQL'\n([\s\S]*?)\nSQL\n/.exec(script)?.[1] ?? ''
  const administrator = new pg.Client({ connectionString: inject('postgresUrl') })
  await administrator.connect()
  cleanUpLater(async () => {
    await administrator.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
    await administrator.query(`DROP ROLE IF EXISTS ${name}`)
    await administrator.end()
  })
  // One by one, as psql does: a database is not made within others.
  for (const statement of statements
    .replace(/parley(_app)?/g, name)
    .replace(`:'password'`, `'secret'`)
    .split(';\n')) {
    await administrator.query(statement)
  }

  const url = new URL(inject('postgresUrl'))
  Object.assign(url, { username: name, password: 'secret', pathname: `/${name}` })
  expect((await runMigrations(url.href, () => undefined)).length).toBeGreaterThan(0)
  const owner = new pg.Client({ connectionString: url.href })
  await owner.connect()
  cleanUpLater(() => owner.end())
  const { rows } = await owner.query<Record<string, boolean>>(
    'SELECT rolsuper, rolcreaterole, rolcreatedb FROM pg_roles WHERE rolname = current_user',
  )
  expect(rows).toEqual([{ rolsuper: false, rolcreaterole: false, rolcreatedb: false }])
})
