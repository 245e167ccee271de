import type { PayloadRequest } from 'payload'
import { z } from 'zod'
import { findSessionById } from '#sessions/session-queries'
import { decideActor } from '#access/decide-actor'
import { createInvoicePdf } from '#documents/invoice-pdf'
import { findInvoiceByNumber, findInvoiceOfPayment, type InvoiceRow } from '#payments/invoice/invoice-queries'
import { settings } from '#settings'
import { deriveToken, isSameSecret } from '#shared/ids'
import { pdf, type Answer } from '../support/answer'
import type { Caller } from '../support/caller'
import { defineEndpoint } from '../support/define-endpoint'
import { refuseGuess } from '../support/find-record'
import { tokenQuery } from '../support/schemas'
import { paymentParams, paymentPath } from './find-payment'

/** For whom it was issued, and staff; to everybody else, the consultant too, it does not exist. */
const answerInvoice = async (req: PayloadRequest, caller: Caller, invoice: InvoiceRow | undefined): Promise<Answer> => {
  const session = invoice && (await findSessionById(req, invoice.sessionId))
  const actor = session && decideActor(caller, session)
  if (!invoice || !actor || actor.role === 'consultant') return refuseGuess(caller, 'invoice')
  return sendInvoice(invoice)
}

const sendInvoice = async (invoice: InvoiceRow): Promise<Answer> =>
  pdf(await createInvoicePdf(invoice), `${invoice.number}.pdf`)

/** The token of the link in mails: of this file alone. Mails of before have the manage token. */
const opensFile = ({ token }: Caller, paymentReference: string): boolean =>
  token !== null && isSameSecret(token, deriveToken(settings.payloadSecret, 'invoice-file', paymentReference))

const described = {
  method: 'get',
  tag: 'Payments',
  description:
    'For the customer (login or manage token) and staff. As it was issued: the same bytes every time. The link in mails has a token that opens this file and nothing else.',
  security: 'token or login',
  query: tokenQuery,
  answers: {
    200: {
      description: 'PDF',
      contentType: 'application/pdf',
      headers: { 'Content-Disposition': 'What it is saved as' },
    },
  },
  refusals: ['not_found'],
  limit: 'browse',
} as const

export const getInvoiceEndpoint = defineEndpoint({
  ...described,
  path: `${paymentPath}/invoice.pdf`,
  operationId: 'getInvoice',
  summary: 'The invoice of a payment',
  params: paymentParams,
  handle: async ({ req, caller, params }) => {
    const invoice = await findInvoiceOfPayment(req, params.reference)
    return invoice && opensFile(caller, params.reference) ? sendInvoice(invoice) : answerInvoice(req, caller, invoice)
  },
})

export const getInvoiceByNumberEndpoint = defineEndpoint({
  ...described,
  path: '/payments/invoices/:number([0-9A-Za-z-]+).pdf',
  operationId: 'getInvoiceByNumber',
  summary: 'An invoice, or what takes one back, by its number',
  params: z.object({
    number: z.string().max(32).meta({ type: 'string', pattern: '^((CN|DN)-)?\\d{4}(R\\d{8})?-\\d{6,}$' }),
  }),
  handle: async ({ req, caller, params }) =>
    answerInvoice(req, caller, await findInvoiceByNumber(req, params.number.toUpperCase())),
})
