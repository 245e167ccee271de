import { deriveToken } from '#shared/ids'
import type { MessageAudience } from '../message-kinds'
import type { MessageLinks } from './message-content'

/** What links are made with: `serverUrl` without a slash at the end, and the installation's secret. */
export type LinkMaker = { serverUrl: string; secret: string }

type Named = { id: string; reference: string }

const adminPage = ({ serverUrl }: LinkMaker, collection: string, id: string): string =>
  `${serverUrl}/admin/collections/${collection}/${encodeURIComponent(id)}`

/**
 * Where the button of a stored notification leads: the same page as in the mail, but without the token, which would lie
 * readable in the database. Who is logged in needs none.
 */
export const sessionPage = (maker: LinkMaker, session: Named, audience: MessageAudience): string =>
  audience === 'customer'
    ? `${maker.serverUrl}/booking/${encodeURIComponent(session.reference)}`
    : adminPage(maker, 'scheduled-sessions', session.id)

export const requestPage = (maker: LinkMaker, request: Named, audience: MessageAudience): string =>
  audience === 'customer'
    ? `${maker.serverUrl}/requests/${encodeURIComponent(request.reference)}`
    : adminPage(maker, 'consultation-requests', request.id)

/** Where a message leads that is about neither a session nor a request: what differs, the payouts, or the own account. */
export const otherPage = (
  maker: LinkMaker,
  about: {
    findings?: number | undefined
    payoutAccount?: { id: string } | undefined
    calendar?: object | undefined
  },
  audience: MessageAudience,
): string => {
  const { findings, payoutAccount, calendar } = about
  if (calendar) return calendarPage(maker)
  if (findings !== undefined) {
    return `${maker.serverUrl}/admin/collections/reconciliation-findings?where[status][equals]=open`
  }
  if (!payoutAccount) return `${maker.serverUrl}/admin/account`
  return audience === 'operations'
    ? adminPage(maker, 'payout-accounts', payoutAccount.id)
    : `${maker.serverUrl}/admin/payouts`
}

/** Where whoever deals with a dispute finds it; everybody else is led to the session. */
export const disputePage = (maker: LinkMaker, dispute: { id: string }): string =>
  adminPage(maker, 'disputes', dispute.id)

/**
 * Shows that a mail about a record has arrived at an address: it stands in mails alone, in no answer of the API. Whoever sends it back reads
 * what goes there.
 */
export const arrivalProof = (secret: string, reference: string, email: string): string =>
  deriveToken(secret, 'mail-arrived', `${reference} ${email.toLowerCase()}`)

/**
 * A customer's page with the token that opens it in its fragment, which no browser sends to anybody.
 * @param mailTo the address that the link is mailed to; null: it goes another way.
 */
const openedPage = (
  { secret }: LinkMaker,
  page: string,
  { token, reference, mailTo }: { token: string; reference: string; mailTo: string | null },
): { page: string; review: string } => {
  const opened = `${page}#token=${token}`
  const proof = mailTo === null ? '' : `&mail=${arrivalProof(secret, reference, mailTo)}`
  return { page: `${opened}${proof}`, review: `${opened}&view=review${proof}` }
}

/**
 * The links of a mail about a session. A customer's carry the token that opens the booking without a login; the others
 * lead to the admin. They are derived, so every mail about a session has the same ones.
 */
export const composeSessionLinks = (
  maker: LinkMaker,
  session: Named,
  { audience, mailTo }: { audience: MessageAudience; mailTo: string | null },
): MessageLinks => {
  const { serverUrl, secret } = maker
  const reference = encodeURIComponent(session.reference)
  // The consultant's link opens the room as its host, and tells the two sides apart.
  const key = deriveToken(secret, audience === 'consultant' ? 'session-host' : 'session-join', session.reference)
  const join = `${serverUrl}/api/booking/sessions/${reference}/join?key=${key}`
  const page = sessionPage(maker, session, audience)
  if (audience !== 'customer') return { manage: page, join }
  const token = deriveToken(secret, 'session-manage', session.reference)
  const opened = openedPage(maker, page, { token, reference: session.reference, mailTo })
  return { manage: opened.page, join, pay: opened.page, review: opened.review }
}

/**
 * The documents of a payment, as the customer opens them without a login. A file has no page that could read a fragment, so the token
 * stands in the query, and opens nothing but this file.
 */
export const composePaymentLinks = (
  maker: LinkMaker,
  payment: { reference: string; invoiceNumber: string | null; receiptUrl: string | null },
): MessageLinks => {
  const token = deriveToken(maker.secret, 'invoice-file', payment.reference)
  const invoice = `${maker.serverUrl}/api/payments/${encodeURIComponent(payment.reference)}/invoice.pdf?token=${token}`
  return {
    ...(payment.invoiceNumber === null ? {} : { invoice }),
    ...(payment.receiptUrl === null ? {} : { receipt: payment.receiptUrl }),
  }
}

/** The page on which a consultant manages their connected calendars. */
export const calendarPage = ({ serverUrl }: LinkMaker): string => `${serverUrl}/admin/my-calendar`

/**
 * Where a difference between a calendar and Parley is decided: the consultant's page, or the customer's answer to a proposal. Each
 * opens with a key of its own, so neither link does the other's work.
 */
export const differencePage = (maker: LinkMaker, difference: { id: string }, audience: MessageAudience): string => {
  const [path, purpose] =
    audience === 'customer'
      ? (['booking/proposals', 'time-proposal'] as const)
      : (['calendar/differences', 'calendar-difference'] as const)
  return `${maker.serverUrl}/api/${path}/${difference.id}?key=${deriveToken(maker.secret, purpose, difference.id)}`
}

/** The links of a mail about a consultation request. */
export const composeRequestLinks = (
  maker: LinkMaker,
  request: Named,
  { audience, mailTo }: { audience: MessageAudience; mailTo: string | null },
): MessageLinks => {
  const page = requestPage(maker, request, audience)
  if (audience !== 'customer') return { manage: page }
  const { reference } = request
  const token = deriveToken(maker.secret, 'request-manage', reference)
  return { manage: openedPage(maker, page, { token, reference, mailTo }).page }
}
