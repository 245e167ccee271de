/**
 * The documents that the platform issues. A credit note takes (a part of) an invoice back when something is returned; a debit
 * note takes a credit note back when its refund fails later and the money stays here.
 */
export const invoiceKinds = {
  invoice: { label: 'Invoice', prefix: '' },
  credit_note: { label: 'Credit note', prefix: 'CN-' },
  debit_note: { label: 'Debit note', prefix: 'DN-' },
} as const satisfies Record<string, { label: string; prefix: string }>

export type InvoiceKind = keyof typeof invoiceKinds

/** The series of a year: `2026`, `CN-2026`, `DN-2026`. */
export const invoiceSeries = (kind: InvoiceKind, year: number): string => `${invoiceKinds[kind].prefix}${year}`
