import { stringify } from 'csv-stringify/sync'
import { withoutFormulasWithin } from '#shared/csv-text'
import { type Money, toDecimal } from '#shared/money'
import type { ExportValue } from './export-columns'

/**
 * Rows below their headers as CSV (RFC 4180), for spreadsheets: a byte order mark, without which they take UTF-8 for their local
 * encoding, and an apostrophe before text that they would run as a formula, wherever they split it. Numbers and amounts are made of digits alone, so they
 * keep their minus.
 */
export const recordsCsv = (headers: readonly string[], rows: readonly (readonly ExportValue[])[]): string =>
  stringify([headers, ...rows], {
    bom: true,
    record_delimiter: 'windows',
    escape_formulas: true,
    // Left to itself it quotes what holds its own line ending alone, and readers end a row at others as well.
    quoted_match: /[\r\n]/,
    cast: {
      string: withoutFormulasWithin,
      boolean: (value) => (value ? 'Yes' : 'No'),
      number: (value) => ({ value: String(value), escape_formulas: false }),
      object: (amount) => ({ value: toDecimal(amount as Money), escape_formulas: false }),
    },
  })
