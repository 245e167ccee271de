import type { PayloadRequest } from 'payload'
import { settings } from '#settings'
import type { PaymentRow } from '../payment-queries'
import type { RefundRow } from '../refund/refund-queries'
import { type InvoiceKind, invoiceSeries } from './invoice-kinds'
import { findDocumentId, findInvoiceFacts, type InvoiceFacts, insertInvoice } from './invoice-queries'
import { invoiceTexts } from './invoice-texts'

/** Where a document can be read by whom it concerns. */
export const invoiceUrl = (paymentReference: string): string =>
  `${settings.serverUrl}/api/payments/${paymentReference}/invoice.pdf`

const describe = ({
  billTo,
  serviceName,
  consultantName,
  startsAt,
  timeZone,
  sessionReference,
}: InvoiceFacts): string => {
  const { texts, locale } = invoiceTexts(billTo.language)
  const date = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone }).format(startsAt)
  return texts
    .session({ service: serviceName, consultant: consultantName, date, reference: sessionReference })
    .slice(0, 1_000)
}

type Issue = {
  kind: InvoiceKind
  payment: PaymentRow
  refundId: string | null
  correctsId: string | null
  amount: number
}

/** Everything is read first: the number is what other transactions wait for. */
const issue = async (req: PayloadRequest, { kind, payment, refundId, correctsId, amount }: Issue): Promise<void> => {
  const facts = await findInvoiceFacts(req, payment.sessionId)
  const issuedAt = Date.now()
  const invoice = {
    series: invoiceSeries(kind, issuedAt, facts.restoredAt),
    kind,
    paymentId: payment.id,
    refundId,
    correctsId,
    sessionId: payment.sessionId,
    customerId: payment.customerId,
    amount,
    currency: payment.currency,
    description: describe(facts),
    billTo: facts.billTo,
    issuer: facts.issuer,
    issuedAt,
  }
  await insertInvoice(req, invoice, invoiceUrl(payment.reference))
}

/**
 * Issues the invoice of a payment that was collected, once. The payment is locked; call it as the last thing of the transaction
 * (after everything else is locked), because all who issue one wait for each other.
 */
export const issueInvoice = async (req: PayloadRequest, payment: PaymentRow): Promise<void> => {
  if (await findDocumentId(req, { kind: 'invoice', paymentId: payment.id })) return
  await issue(req, { kind: 'invoice', payment, refundId: null, correctsId: null, amount: payment.amount })
}

/**
 * Issues what goes with a refund, once: a credit note when it has succeeded, and a debit note that takes the credit note back
 * when it fails after that. Also the last thing of a transaction.
 */
export const issueRefundDocument = async (
  req: PayloadRequest,
  { kind, payment, refund }: { kind: 'credit_note' | 'debit_note'; payment: PaymentRow; refund: RefundRow },
): Promise<void> => {
  if (await findDocumentId(req, { kind, refundId: refund.id })) return
  const corrected =
    kind === 'credit_note'
      ? await findDocumentId(req, { kind: 'invoice', paymentId: payment.id })
      : await findDocumentId(req, { kind: 'credit_note', refundId: refund.id })
  await issue(req, { kind, payment, refundId: refund.id, correctsId: corrected ?? null, amount: refund.amount })
}
