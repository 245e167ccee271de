import { expect, it } from 'vitest'
import { nameStatement } from '#observability/name-statement'

it.each([
  [{ name: 'taken-time', text: 'SELECT * FROM secrets' }, 'taken-time'],
  [{ text: 'select "id", "email" from "users" where "email" = $1' }, 'SELECT users'],
  ['SELECT 1', 'SELECT'],
  [`INSERT INTO parley.facts (key) VALUES ('ada@parley.example')`, 'INSERT parley.facts'],
  ['  update "public"."payments" set "status" = $1', 'UPDATE public.payments'],
  ['delete from holds', 'DELETE holds'],
  ['begin', 'BEGIN'],
  ['/* a word */ commit', 'COMMIT'],
  [`WITH found AS (SELECT id FROM sessions) SELECT`, 'WITH sessions'],
  [`'ada@parley.example'`, 'statement'],
  [undefined, 'statement'],
])('%j is called %s', (query, name) => {
  expect(nameStatement(query)).toBe(name)
})
