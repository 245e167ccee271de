import type { InvoiceKind } from './invoice-kinds'

type InvoiceTexts = {
  titles: Record<InvoiceKind, string>
  number: string
  issued: string
  payment: string
  /** What a credit or debit note takes back. */
  corrects: Record<InvoiceKind, string>
  from: string
  to: string
  taxId: string
  description: string
  amount: string
  total: Record<InvoiceKind, string>
  /** What it is about: `{{service}} with {{consultant}}, {{date}}`. */
  session: (session: { service: string; consultant: string; date: string; reference: string }) => string
  page: (page: number, pages: number) => string
}

const en: InvoiceTexts = {
  titles: { invoice: 'Invoice', credit_note: 'Credit note', debit_note: 'Debit note' },
  number: 'Number',
  issued: 'Date',
  payment: 'Payment',
  corrects: { invoice: '', credit_note: 'For invoice', debit_note: 'Takes back' },
  from: 'From',
  to: 'To',
  taxId: 'Tax number',
  description: 'Description',
  amount: 'Amount',
  total: { invoice: 'Total paid', credit_note: 'Total returned', debit_note: 'Total kept after all' },
  session: ({ service, consultant, date, reference }) => `${service} with ${consultant}, ${date} (${reference})`,
  page: (page, pages) => `Page ${page} of ${pages}`,
}

const de: InvoiceTexts = {
  titles: { invoice: 'Rechnung', credit_note: 'Rechnungskorrektur', debit_note: 'Aufhebung einer Rechnungskorrektur' },
  number: 'Nummer',
  issued: 'Datum',
  payment: 'Zahlung',
  corrects: { invoice: '', credit_note: 'Zur Rechnung', debit_note: 'Hebt auf' },
  from: 'Von',
  to: 'An',
  taxId: 'Steuernummer',
  description: 'Leistung',
  amount: 'Betrag',
  total: { invoice: 'Bezahlt', credit_note: 'Erstattet', debit_note: 'Doch nicht erstattet' },
  session: ({ service, consultant, date, reference }) => `${service} mit ${consultant}, ${date} (${reference})`,
  page: (page, pages) => `Seite ${page} von ${pages}`,
}

const languages: Readonly<Record<string, InvoiceTexts>> = { en, de }

/** The texts in the customer's language, and the locale of its dates and amounts; English where we do not speak it. */
export const invoiceTexts = (language: string): { texts: InvoiceTexts; locale: string } => {
  const [name = ''] = language.toLowerCase().split('-')
  const texts = Object.hasOwn(languages, name) ? languages[name] : undefined
  if (!texts) return { texts: en, locale: 'en-GB' }
  try {
    return {
      texts,
      locale: name === 'en' && !language.includes('-') ? 'en-GB' : (Intl.getCanonicalLocales(language)[0] ?? name),
    }
  } catch {
    return { texts, locale: name }
  }
}
