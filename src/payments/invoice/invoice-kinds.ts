import type { Words } from '#shared/words'

/**
 * The documents that the platform issues. A credit note takes (a part of) an invoice back when something is returned; a debit
 * note takes a credit note back when its refund fails later and the money stays here.
 */
export const invoiceKinds = {
  invoice: { label: { en: 'Invoice', de: 'Rechnung' }, prefix: '' },
  credit_note: { label: { en: 'Credit note', de: 'Rechnungskorrektur' }, prefix: 'CN-' },
  debit_note: { label: { en: 'Debit note', de: 'Aufhebung einer Rechnungskorrektur' }, prefix: 'DN-' },
} as const satisfies Record<string, { label: Words; prefix: string }>

export type InvoiceKind = keyof typeof invoiceKinds

const twoDigits = (value: number): string => String(value).padStart(2, '0')

/**
 * The series of a document that is issued at `issuedAt`: `2026`, `CN-2026`, `DN-2026`. In the year of a restore it says when that was, in UTC
 * (`2026R11291500`: 29 November, 15:00): what was given out after the backup is not known, and no number of it is given again.
 * @param restoredAt epoch ms; null: the database was never restored.
 */
export const invoiceSeries = (kind: InvoiceKind, issuedAt: number, restoredAt: number | null): string => {
  const year = new Date(issuedAt).getUTCFullYear()
  const restored = restoredAt === null ? undefined : new Date(restoredAt)
  const parts =
    restored?.getUTCFullYear() === year
      ? [restored.getUTCMonth() + 1, restored.getUTCDate(), restored.getUTCHours(), restored.getUTCMinutes()]
      : []
  return `${invoiceKinds[kind].prefix}${year}${parts.length ? 'R' : ''}${parts.map(twoDigits).join('')}`
}
