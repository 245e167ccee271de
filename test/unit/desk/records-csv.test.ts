import { expect, it } from 'vitest'
import { recordsCsv } from '#desk/export/records-csv'

it('a file begins with a byte order mark, and its lines end as spreadsheets end them', () => {
  expect(recordsCsv(['Name', 'Born'], [['Łucja "Lu"', '2001-02-03']])).toBe(
    '\uFEFFName,Born\r\n"Łucja ""Lu""",2001-02-03\r\n',
  )
})

it('text of several lines stands in quotes, whatever ends its lines', () => {
  expect(recordsCsv(['a\nb'], [['c\rd', 'e\r\nf']])).toBe('\uFEFF"a\nb"\r\n"c\rd","e\r\nf"\r\n')
})

it.each(['=1+1', '+44 20 7946 0000', '-x', '@SUM(A1)', '\tx'])(
  'text that a spreadsheet would run gets an apostrophe, in headers as well: %s',
  (text) => {
    expect(recordsCsv([text], [[text]])).toBe(`\uFEFF'${text}\r\n'${text}\r\n`)
  },
)

it.each([
  ['Anna;=1+1', `Anna;'=1+1`],
  ['Anna; +1', `Anna; '+1`],
  ['Anna;"=1+1"', `"Anna;""'=1+1"""`],
  ['a\n-x', `"a\n'-x"`],
  ['a;b-c, 1+1', `"a;b-c, 1+1"`],
])('and so does what would be a cell where spreadsheets split at semicolons: %s', (text, written) => {
  expect(recordsCsv([text], [])).toBe(`\uFEFF${written}\r\n`)
})

it('numbers and amounts keep their minus; true and false are words; nothing is nothing', () => {
  const row = [-3.5, { amount: -1_234, currency: 'GBP' }, true, false, null, undefined, 0]
  expect(recordsCsv(['a'], [row])).toBe('\uFEFFa\r\n-3.5,-12.34,Yes,No,,,0\r\n')
})
