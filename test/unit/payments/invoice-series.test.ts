import { expect, it } from 'vitest'
import { invoiceSeries } from '#payments/invoice/invoice-kinds'

const at = (iso: string) => Date.parse(iso)

it.each([
  ['never', at('2026-12-31T23:59:00Z'), null, '2026'],
  ['in this year', at('2026-12-31T23:59:00Z'), at('2026-11-29T05:07:59Z'), '2026R11290507'],
  [
    'in an earlier one: what was lost has numbers of that year',
    at('2027-01-01T00:00:00Z'),
    at('2026-11-29T05:07:00Z'),
    '2027',
  ],
])('a series of a database that was restored %s', (_when, issuedAt, restoredAt, series) => {
  expect(invoiceSeries('invoice', issuedAt, restoredAt)).toBe(series)
  expect(invoiceSeries('debit_note', issuedAt, restoredAt)).toBe(`DN-${series}`)
})
