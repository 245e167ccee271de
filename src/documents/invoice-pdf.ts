import { formatMoney } from '#shared/money'
import { createPdf } from './pdf/create-pdf'
import type { PdfContent } from './pdf/pdf-content'
import type { InvoiceRow } from '#payments/invoice/invoice-queries'
import { invoiceTexts } from '#payments/invoice/invoice-texts'

const lines = (...values: (string | null)[]): string[] =>
  values.flatMap((value) => (value === null || value === '' ? [] : value.split('\n')))

/** A document as it is printed: from what was stored when it was issued, and nothing else. Pure. */
export const composeInvoice = (invoice: InvoiceRow): PdfContent => {
  const { kind, number, issuer, billTo, corrects, issuedAt } = invoice
  const { texts, locale } = invoiceTexts(billTo.language)
  const amount = formatMoney(invoice, locale)
  return {
    title: `${texts.titles[kind]} ${number}`,
    author: issuer.name,
    language: locale,
    createdAt: issuedAt,
    footer: `${issuer.name} · ${texts.titles[kind]} ${number}`,
    pageLabel: texts.page,
    blocks: [
      { kind: 'title', text: texts.titles[kind] },
      {
        kind: 'facts',
        facts: [
          [texts.number, number],
          [texts.issued, new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(issuedAt)],
          ...(corrects === null ? [] : [[texts.corrects[kind], corrects] as const]),
          [texts.payment, invoice.paymentReference],
        ],
      },
      {
        kind: 'beside',
        columns: [
          {
            label: texts.from,
            lines: lines(issuer.name, issuer.address, issuer.taxId && `${texts.taxId}: ${issuer.taxId}`, issuer.email),
          },
          { label: texts.to, lines: lines(billTo.company, billTo.name, ...billTo.address, billTo.email) },
        ],
      },
      {
        kind: 'table',
        columns: [
          { label: texts.description, weight: 4 },
          { label: texts.amount, weight: 1.4, align: 'right' },
        ],
        rows: [[invoice.description, amount]],
        totals: [[texts.total[kind], amount]],
      },
      ...(issuer.footer === null || issuer.footer === ''
        ? []
        : [{ kind: 'text' as const, text: issuer.footer, isSmall: true }]),
    ],
  }
}

export const createInvoicePdf = (invoice: InvoiceRow): Promise<Uint8Array<ArrayBuffer>> =>
  createPdf(composeInvoice(invoice))
