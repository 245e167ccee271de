import { expect, it } from 'vitest'
import { computeStatementShape } from '#database/compute-statement-shape'

it.each([
  ['select "a1" from "users" where "id" = $1', 'select "a1" from "users" where "id" = $1'],
  [
    "UPDATE t\n  SET name = 'O''Hara', n = 42, x = 1.5 -- jo@company.example\nWHERE a",
    'UPDATE t SET name = ?, n = ?, x = ? WHERE a',
  ],
  ["SELECT E'it\\'s secret', $tag$secret$tag$, $$secret$$", 'SELECT ?, …'],
  ['SELECT * FROM t WHERE id IN ($1, $2,$3)', 'SELECT * FROM t WHERE id IN ($1, …)'],
  ['VALUES (1, 2, 3)', 'VALUES (?, …)'],
  ["SELECT 'never ended", 'SELECT ?'],
  [`SELECT ${'a, '.repeat(200)}b`, `SELECT ${'a, '.repeat(200)}`.slice(0, 300) + '…'],
])('%s', (text, shape) => {
  expect(computeStatementShape(text)).toBe(shape)
})
