import { sql } from '@payloadcms/db-postgres'
import type { SQL } from '@payloadcms/db-postgres/drizzle'
import type { PayloadRequest } from 'payload'
import { z } from 'zod'
import { restoredNumbers } from '#database/facts-of-backups'
import { readDb, txDb } from '#database/transactions'
import { createId } from '#shared/ids'
import type { InvoiceKind } from './invoice-kinds'

/** Who is charged, as it was when the document was issued. */
export type BillTo = { name: string; company: string | null; email: string; address: string[]; language: string }

/** Who charges, as it was when the document was issued. */
export type Issuer = {
  name: string
  address: string | null
  taxId: string | null
  email: string | null
  footer: string | null
}

/** What a document says of the session, and to and from whom it goes. */
export type InvoiceFacts = {
  billTo: BillTo
  issuer: Issuer
  sessionReference: string
  serviceName: string
  consultantName: string
  /** Epoch ms. */
  startsAt: number
  timeZone: string
  /** When the database was restored last, and may have lost documents that were given out; epoch ms, null: never. */
  restoredAt: number | null
}

type InvoiceFactsRow = Omit<InvoiceFacts, 'billTo' | 'issuer'> & {
  customerName: string
  company: string | null
  email: string
  language: string
  street: string | null
  city: string | null
  state: string | null
  zipCode: string | null
  country: string | null
}

/** Whoever has set nothing in the booking settings issues as this. */
const issuerWithoutSettings: Issuer = { name: 'Parley', address: null, taxId: null, email: null, footer: null }

const findIssuer = async (req: PayloadRequest): Promise<Issuer> => {
  const { rows } = await (
    await readDb(req)
  ).execute(sql`
    SELECT coalesce(nullif(invoice_issuer_name, ''), ${issuerWithoutSettings.name}) AS name, invoice_issuer_address AS address,
      invoice_issuer_tax_id AS "taxId", invoice_issuer_email AS email, invoice_issuer_footer AS footer
    FROM booking_settings LIMIT 1`)
  return (rows[0] as Issuer | undefined) ?? issuerWithoutSettings
}

const addressOf = ({ street, zipCode, city, state, country }: InvoiceFactsRow): string[] =>
  [street, [zipCode, city].filter(Boolean).join(' '), state, country].filter(
    (line) => line !== null && line !== '',
  ) as string[]

/** @throws Error when the session does not exist: the payment refers to it. */
export const findInvoiceFacts = async (req: PayloadRequest, sessionId: string): Promise<InvoiceFacts> => {
  const { rows } = await (
    await readDb(req)
  ).execute(sql`
    SELECT s.reference AS "sessionReference", t.name AS "serviceName", c.name AS "consultantName",
      (extract(epoch FROM s.starts_at) * 1000)::float8 AS "startsAt", s.time_zone AS "timeZone",
      coalesce(s.language, cu.language, 'en') AS language, cu.name AS "customerName", nullif(cu.company, '') AS company, cu.email,
      cu.address_street AS street, cu.address_city AS city, cu.address_state AS state, cu.address_zip_code AS "zipCode",
      cu.address_country AS country,
      (SELECT (extract(epoch FROM (f.value ->> 'restoredAt')::timestamptz) * 1000)::float8
        FROM parley.facts f WHERE f.key = ${restoredNumbers}) AS "restoredAt"
    FROM scheduled_sessions s JOIN customers cu ON cu.id = s.customer_id
    JOIN consultant_profiles c ON c.id = s.consultant_id JOIN service_types t ON t.id = s.service_type_id
    WHERE s.id = ${sessionId}`)
  const row = rows[0] as InvoiceFactsRow | undefined
  if (!row) throw new Error(`Session ${sessionId} does not exist.`)
  const { customerName: name, company, email, language } = row
  return { ...row, billTo: { name, company, email, address: addressOf(row), language }, issuer: await findIssuer(req) }
}

/**
 * The next number of a series. Whoever takes one holds the series until the transaction ends, so the next one waits, and a
 * transaction that is rolled back gives it back: no gaps, no doubles. Take it last.
 */
export const takeNumber = async (req: PayloadRequest, series: string): Promise<number> => {
  const { rows } = await (
    await txDb(req)
  ).execute(sql`
    INSERT INTO parley.number_series (series, last_number) VALUES (${series}, 1)
    ON CONFLICT (series) DO UPDATE SET last_number = number_series.last_number + 1 RETURNING last_number::float8 AS number`)
  return (rows[0] as { number: number }).number
}

export type NewInvoice = {
  number: string
  kind: InvoiceKind
  paymentId: string
  refundId: string | null
  /** The document that it takes back. */
  correctsId: string | null
  sessionId: string
  customerId: string
  amount: number
  currency: string
  description: string
  billTo: BillTo
  issuer: Issuer
  /** Epoch ms. */
  issuedAt: number
}

export const insertInvoice = async (req: PayloadRequest, invoice: NewInvoice): Promise<void> => {
  await (
    await txDb(req)
  ).execute(sql`
    INSERT INTO invoices (id, number, kind, payment_id, refund_id, corrects_id, scheduled_session_id, customer_id, amount, currency,
      description, bill_to, issuer, issued_at, updated_at, created_at)
    VALUES (${createId()}, ${invoice.number}, ${invoice.kind}, ${invoice.paymentId}, ${invoice.refundId}, ${invoice.correctsId},
      ${invoice.sessionId}, ${invoice.customerId}, ${invoice.amount}, ${invoice.currency}, ${invoice.description},
      ${JSON.stringify(invoice.billTo)}::jsonb, ${JSON.stringify(invoice.issuer)}::jsonb,
      to_timestamp(${invoice.issuedAt}::float8 / 1000), now(), now())`)
}

/** Notes the number and the address of a payment's invoice beside it. */
export const storeInvoiceOfPayment = async (
  req: PayloadRequest,
  paymentId: string,
  invoice: { number: string; url: string },
): Promise<void> => {
  await (
    await txDb(req)
  ).execute(sql`
    UPDATE payments SET invoice_invoice_id = ${invoice.number}, invoice_url = ${invoice.url}, updated_at = now()
    WHERE id = ${paymentId}`)
}

const billToSchema = z.object({
  name: z.string(),
  company: z.string().nullable(),
  email: z.string(),
  address: z.array(z.string()),
  language: z.string(),
})
const issuerSchema = z.object({
  name: z.string(),
  address: z.string().nullable(),
  taxId: z.string().nullable(),
  email: z.string().nullable(),
  footer: z.string().nullable(),
})

/** A document as it was issued; amount in minor units, positive whichever way it goes. */
export type InvoiceRow = {
  id: string
  number: string
  kind: InvoiceKind
  sessionId: string
  paymentReference: string
  /** The number of the document that it takes back. */
  corrects: string | null
  amount: number
  currency: string
  description: string
  billTo: BillTo
  issuer: Issuer
  /** Epoch ms. */
  issuedAt: number
}

const findOne = async (req: PayloadRequest, where: SQL): Promise<InvoiceRow | undefined> => {
  const { rows } = await (
    await readDb(req)
  ).execute(sql`
    SELECT i.id, i.number, i.kind, i.scheduled_session_id AS "sessionId", p.reference AS "paymentReference", c.number AS corrects,
      i.amount::float8, i.currency, i.description, i.bill_to AS "billTo", i.issuer,
      (extract(epoch FROM i.issued_at) * 1000)::float8 AS "issuedAt"
    FROM invoices i JOIN payments p ON p.id = i.payment_id LEFT JOIN invoices c ON c.id = i.corrects_id WHERE ${where}`)
  const row = rows[0] as InvoiceRow | undefined
  return row && { ...row, billTo: billToSchema.parse(row.billTo), issuer: issuerSchema.parse(row.issuer) }
}

export const findInvoiceByNumber = (req: PayloadRequest, number: string) => findOne(req, sql`i.number = ${number}`)
export const findInvoiceOfPayment = (req: PayloadRequest, paymentReference: string) =>
  findOne(req, sql`p.reference = ${paymentReference} AND i.kind = 'invoice'`)

/** The id of a document of a payment or refund. */
export const findDocumentId = async (
  req: PayloadRequest,
  of: { kind: 'invoice'; paymentId: string } | { kind: 'credit_note' | 'debit_note'; refundId: string },
): Promise<string | undefined> => {
  const where = of.kind === 'invoice' ? sql`payment_id = ${of.paymentId}` : sql`refund_id = ${of.refundId}`
  const { rows } = await (await readDb(req)).execute(sql`SELECT id FROM invoices WHERE kind = ${of.kind} AND ${where}`)
  return (rows[0] as { id: string } | undefined)?.id
}
