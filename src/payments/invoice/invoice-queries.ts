import { sql } from '@payloadcms/db-postgres'
import type { SQL } from '@payloadcms/db-postgres/drizzle'
import type { PayloadRequest } from 'payload'
import { z } from 'zod'
import { restoredNumbers } from '#database/facts-of-backups'
import { preparedStatement } from '#database/prepared-statement'
import { readDb, txDb } from '#database/transactions'
import { createId } from '#shared/ids'
import { epoch, iso } from '#shared/time'
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
  /** Null before anybody has saved booking settings. */
  issuer: Issuer | null
}

/** Whoever has set nothing in the booking settings issues as this. */
const issuerWithoutSettings: Issuer = { name: 'Parley', address: null, taxId: null, email: null, footer: null }

const selectFacts = preparedStatement<InvoiceFactsRow>(
  'invoice-facts',
  `SELECT s.reference AS "sessionReference", t.name AS "serviceName", c.name AS "consultantName",
    ${epoch('s.starts_at')} AS "startsAt", s.time_zone AS "timeZone",
    coalesce(s.language, cu.language, 'en') AS language, cu.name AS "customerName", nullif(cu.company, '') AS company, cu.email,
    cu.address_street AS street, cu.address_city AS city, cu.address_state AS state, cu.address_zip_code AS "zipCode",
    cu.address_country AS country,
    (SELECT json_build_object('name', coalesce(nullif(b.invoice_issuer_name, ''), '${issuerWithoutSettings.name}'),
        'address', b.invoice_issuer_address, 'taxId', b.invoice_issuer_tax_id, 'email', b.invoice_issuer_email,
        'footer', b.invoice_issuer_footer)
      FROM booking_settings b LIMIT 1) AS issuer,
    (SELECT (extract(epoch FROM (f.value ->> 'restoredAt')::timestamptz) * 1000)::float8
      FROM parley.facts f WHERE f.key = '${restoredNumbers}') AS "restoredAt"
  FROM scheduled_sessions s JOIN customers cu ON cu.id = s.customer_id
  JOIN consultant_profiles c ON c.id = s.consultant_id JOIN service_types t ON t.id = s.service_type_id
  WHERE s.id = $1`,
)

const addressOf = ({ street, zipCode, city, state, country }: InvoiceFactsRow): string[] =>
  [street, [zipCode, city].filter(Boolean).join(' '), state, country].filter(
    (line) => line !== null && line !== '',
  ) as string[]

/** @throws Error when the session does not exist: the payment refers to it. */
export const findInvoiceFacts = async (req: PayloadRequest, sessionId: string): Promise<InvoiceFacts> => {
  const [row] = await selectFacts(req, [sessionId])
  if (!row) throw new Error(`Session ${sessionId} does not exist.`)
  const { customerName: name, company, email, language } = row
  const issuer = row.issuer ?? issuerWithoutSettings
  return { ...row, billTo: { name, company, email, address: addressOf(row), language }, issuer }
}

export type NewInvoice = {
  /** `2026`, `CN-2026` */
  series: string
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

const insertNumbered = preparedStatement(
  'issue-invoice',
  `WITH taken AS (
    INSERT INTO parley.number_series (series, last_number) VALUES ($1, 1)
    ON CONFLICT (series) DO UPDATE SET last_number = number_series.last_number + 1 RETURNING last_number::text AS number
  ), issued AS (
    INSERT INTO invoices (id, number, kind, payment_id, refund_id, corrects_id, scheduled_session_id, customer_id, amount, currency,
      description, bill_to, issuer, issued_at, updated_at, created_at)
    SELECT $2, $1 || '-' || lpad(taken.number, greatest(6, length(taken.number)), '0'), $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13,
      $14, now(), now()
    FROM taken RETURNING number, kind, payment_id
  )
  UPDATE payments p SET invoice_invoice_id = issued.number, invoice_url = $15, updated_at = now()
  FROM issued WHERE p.id = issued.payment_id AND issued.kind = 'invoice'`,
)

/**
 * Issues a document under the next number of its series: `2026-000001`, longer once there are more than 999,999. Whoever takes one holds the
 * series until the transaction ends, so the next one waits, and a transaction that is rolled back gives it back: no gaps, no doubles. One
 * statement, as all who issue wait for it: do it last. An invoice's number and address are noted beside its payment.
 * @param url where the payment's invoice can be read.
 */
export const insertInvoice = async (req: PayloadRequest, invoice: NewInvoice, url: string): Promise<void> => {
  await txDb(req)
  await insertNumbered(req, [
    invoice.series,
    createId(),
    invoice.kind,
    invoice.paymentId,
    invoice.refundId,
    invoice.correctsId,
    invoice.sessionId,
    invoice.customerId,
    invoice.amount,
    invoice.currency,
    invoice.description,
    JSON.stringify(invoice.billTo),
    JSON.stringify(invoice.issuer),
    iso(invoice.issuedAt),
    url,
  ])
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

const selectOfPayment = preparedStatement<{ id: string }>(
  'document-of-payment',
  'SELECT id FROM invoices WHERE kind = $1 AND payment_id = $2',
)
const selectOfRefund = preparedStatement<{ id: string }>(
  'document-of-refund',
  'SELECT id FROM invoices WHERE kind = $1 AND refund_id = $2',
)

/** The id of a document of a payment or refund. */
export const findDocumentId = async (
  req: PayloadRequest,
  of: { kind: 'invoice'; paymentId: string } | { kind: 'credit_note' | 'debit_note'; refundId: string },
): Promise<string | undefined> => {
  const [found] =
    of.kind === 'invoice'
      ? await selectOfPayment(req, [of.kind, of.paymentId])
      : await selectOfRefund(req, [of.kind, of.refundId])
  return found?.id
}
