import createClient from 'openapi-fetch'
import type { Answer, Body, Query } from '../../_api/api-types'
import { dataOf } from '../../_api/data-of'
import type { paths } from '../../_api/openapi-types'
import { ApiError, toApiError } from './api-error'
import { noteServerDate } from './clock'
import { solveChallenge } from './solve-challenge'
import type {
  AttributeQuestion,
  BookedSession,
  CancellationPreview,
  CheckoutStart,
  Consultant,
  ConsultantPage,
  ConsultationRequest,
  ConsultationRequestInput,
  Hold,
  HoldInput,
  ReviewInput,
  ServiceType,
  Session,
  SessionInput,
  Slots,
} from './api-types'

/** The typed client of the public booking API: same origin, JSON, every refusal an `ApiError`. */

const ask = async (request: Request): Promise<Response> => {
  try {
    return await fetch(request)
  } catch (cause) {
    if (request.signal.aborted) throw cause
    throw new ApiError({ code: 'network', status: 0, message: 'The server could not be reached.', cause })
  }
}

/** Asks again with the solution where the API wants one first: it is the same request, with the same `Idempotency-Key`. */
const askSolving = async (request: Request): Promise<Response> => {
  const again = request.clone()
  const response = await ask(request)
  if (response.status !== 429) return response
  const { challenge } = await toApiError(response.clone())
  const solution = challenge && (await solveChallenge(challenge))
  if (!solution) return response
  again.headers.set('Parley-Challenge', solution)
  return ask(again)
}

const send = async (request: Request): Promise<Response> => {
  const response = await (request.method === 'GET' ? ask(request) : askSolving(request))
  // What a cache answers may carry the time of when it was stored.
  if (!response.headers.has('Age')) noteServerDate(response.headers.get('Date'))
  if (!response.ok) throw await toApiError(response)
  return response
}

/** Some of what the API says to people is in their language, which on this page may be another one than the browser's. */
const sendInLanguage = (request: Request): Promise<Response> => {
  request.headers.set('Accept-Language', document.documentElement.lang)
  return send(request)
}

/** Paths and bodies as the document has them. */
export const api = createClient<paths>({
  cache: 'no-cache',
  headers: { Accept: 'application/json' },
  fetch: sendInLanguage,
})

/** Which booking or request, and the manage token that opens it. */
export type Managed = { reference: string; token: string | undefined }

/** The token travels in a header, so that it stands in no server's access log. */
const headersOf = ({ token, idempotencyKey }: { token?: string | undefined; idempotencyKey?: string | undefined }) => ({
  ...(token ? { Authorization: `Bearer ${token}` } : {}),
  ...(idempotencyKey ? { 'Idempotency-Key': idempotencyKey } : {}),
})

const opened = ({ reference, token }: Managed, idempotencyKey?: string) => ({
  params: { path: { reference } },
  headers: headersOf({ token, idempotencyKey }),
})

export type ConsultantQuery = Query<'listConsultants'>

export const listConsultants = (query: ConsultantQuery): Promise<ConsultantPage> =>
  dataOf(api.GET('/api/booking/consultants', { params: { query } }))

export const getConsultant = (slug: string): Promise<Consultant> =>
  dataOf(api.GET('/api/booking/consultants/{slug}', { params: { path: { slug } } }))

export const listServiceTypes = async (): Promise<ServiceType[]> =>
  (await dataOf(api.GET('/api/booking/service-types'))).docs

/** What whoever books a service is asked beside its own questions. */
export const listAttributeQuestions = async (serviceType: string): Promise<AttributeQuestion[]> =>
  (await dataOf(api.GET('/api/booking/attributes', { params: { query: { serviceType } } }))).docs

/** `start` and `end` are dates in `timeZone`, at most 62 days apart. */
export type SlotQuery = Query<'listSlots'> & { timeZone: string }

export const findSlots = (query: SlotQuery): Promise<Slots> =>
  dataOf(api.GET('/api/booking/slots', { params: { query } }))

export const createHold = (body: HoldInput, idempotencyKey: string): Promise<Hold> =>
  dataOf(api.POST('/api/booking/holds', { body, headers: headersOf({ idempotencyKey }) }))

export const releaseHold = async (token: string): Promise<void> => {
  await api.DELETE('/api/booking/holds/{token}', { params: { path: { token } } })
}

export const createSession = (body: SessionInput, idempotencyKey: string): Promise<BookedSession> =>
  dataOf(api.POST('/api/booking/sessions', { body, headers: headersOf({ idempotencyKey }) }))

export const getSession = async (managed: Managed): Promise<Session> =>
  (await dataOf(api.GET('/api/booking/sessions/{reference}', opened(managed)))).session

export const previewCancellation = (managed: Managed): Promise<CancellationPreview> =>
  dataOf(api.GET('/api/booking/sessions/{reference}/cancellation', opened(managed)))

export const cancelSession = (
  managed: Managed,
  body: Body<'cancelSession'>,
  idempotencyKey: string,
): Promise<Answer<'cancelSession'>> =>
  dataOf(api.POST('/api/booking/sessions/{reference}/cancel', { body, ...opened(managed, idempotencyKey) }))

export const reportNoShow = (
  managed: Managed,
  body: Body<'noShowSession'>,
  idempotencyKey: string,
): Promise<Answer<'noShowSession'>> =>
  dataOf(api.POST('/api/booking/sessions/{reference}/no-show', { body, ...opened(managed, idempotencyKey) }))

export const answerClaim = (
  managed: Managed,
  body: Body<'answerNoShowClaim'>,
  idempotencyKey: string,
): Promise<Answer<'answerNoShowClaim'>> =>
  dataOf(api.POST('/api/booking/sessions/{reference}/claim/answer', { body, ...opened(managed, idempotencyKey) }))

export const withdrawClaim = (managed: Managed, idempotencyKey: string): Promise<Answer<'withdrawNoShowClaim'>> =>
  dataOf(api.POST('/api/booking/sessions/{reference}/claim/withdraw', { body: {}, ...opened(managed, idempotencyKey) }))

export const rescheduleSession = (
  managed: Managed,
  body: Body<'rescheduleSession'>,
  idempotencyKey: string,
): Promise<Answer<'rescheduleSession'>> =>
  dataOf(api.POST('/api/booking/sessions/{reference}/reschedule', { body, ...opened(managed, idempotencyKey) }))

/** The page to pay on; the same one while it is open, so it can be asked for again. */
export const startPayment = (managed: Managed): Promise<CheckoutStart> =>
  dataOf(api.POST('/api/booking/sessions/{reference}/payment', opened(managed)))

/** Asks how the payment stands at the provider; the page after paying need not wait for the provider's call. */
export const refreshPayment = async (managed: Managed): Promise<Session> =>
  (await dataOf(api.POST('/api/booking/sessions/{reference}/payment/refresh', opened(managed)))).session

export const createReview = async (managed: Managed, body: ReviewInput, idempotencyKey: string): Promise<void> => {
  await api.POST('/api/booking/sessions/{reference}/review', { body, ...opened(managed, idempotencyKey) })
}

/** Confirms a free booking with what the mailed link has for that. */
export const confirmEmail = async (reference: string, mail: string, idempotencyKey: string): Promise<Session> =>
  (
    await dataOf(
      api.POST('/api/booking/sessions/{reference}/confirm-email', {
        body: { mail },
        params: { path: { reference } },
        headers: headersOf({ idempotencyKey }),
      }),
    )
  ).session

/** Says that a mail about a booking or request has arrived, with what its link has for that. */
export const confirmAddress = async (body: Body<'confirmAddress'>): Promise<void> => {
  await api.POST('/api/booking/addresses/confirm', { body })
}

/** The invoice as a file. It is asked for like everything else, as a link to it would need the token in its query. */
export const readInvoice = async (invoiceUrl: string, { token }: Managed): Promise<Blob> => {
  const url = new URL(new URL(invoiceUrl).pathname, window.location.href)
  return (await send(new Request(url, { cache: 'no-cache', headers: headersOf({ token }) }))).blob()
}

/** A plain link, because phones only hand a calendar file to the calendar when it comes from a URL; hence the token in it. */
export const calendarFileUrl = ({ reference, token }: Managed): string => {
  const path = `/api/booking/sessions/${encodeURIComponent(reference)}/calendar.ics`
  return token === undefined ? path : `${path}?${new URLSearchParams({ token })}`
}

export const createRequest = (
  body: ConsultationRequestInput,
  idempotencyKey: string,
): Promise<Answer<'createRequest'>> =>
  dataOf(api.POST('/api/booking/requests', { body, headers: headersOf({ idempotencyKey }) }))

export const getRequest = async (managed: Managed): Promise<ConsultationRequest> =>
  (await dataOf(api.GET('/api/booking/requests/{reference}', opened(managed)))).request

export const cancelRequest = async (managed: Managed, idempotencyKey: string): Promise<void> => {
  await api.POST('/api/booking/requests/{reference}/cancel', opened(managed, idempotencyKey))
}

export const acceptProposedTime = (
  managed: Managed,
  body: Body<'acceptRequest'>,
  idempotencyKey: string,
): Promise<BookedSession> =>
  dataOf(api.POST('/api/booking/requests/{reference}/accept', { body, ...opened(managed, idempotencyKey) }))
