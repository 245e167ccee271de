import { ApiError, toApiError } from './api-error'
import { noteServerDate } from './clock'
import type {
  BookedSession,
  CancellationPreview,
  CheckoutStart,
  Consultant,
  ConsultantPage,
  ConsultationRequest,
  ConsultationRequestInput,
  Hold,
  Money,
  ReviewInput,
  ServiceType,
  Session,
  SessionInput,
  Slots,
} from './api-types'

/** The typed client of the public booking API: same origin, JSON, every refusal an `ApiError`. */

const base = '/api/booking'

type Query = Record<string, string | number | undefined>

type Call = {
  method?: 'GET' | 'POST' | 'DELETE'
  query?: Query
  body?: unknown
  /** The manage token of a booking or request. It travels in a header, so that it stands in no server's access log. */
  token?: string | undefined
  idempotencyKey?: string
  signal?: AbortSignal | undefined
}

const toUrl = (path: string, query: Query = {}): string => {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== '') search.set(name, String(value))
  }
  return `${base}${path}${search.size > 0 ? `?${search}` : ''}`
}

const call = async <T>(
  path: string,
  { method = 'GET', query, body, token, idempotencyKey, signal }: Call = {},
): Promise<T> => {
  const headers = new Headers({ Accept: 'application/json' })
  if (body !== undefined) headers.set('Content-Type', 'application/json')
  if (token) headers.set('Authorization', `Bearer ${token}`)
  if (idempotencyKey) headers.set('Idempotency-Key', idempotencyKey)
  let response: Response
  try {
    response = await fetch(toUrl(path, query), {
      method,
      headers,
      cache: 'no-store',
      body: body === undefined ? null : JSON.stringify(body),
      signal: signal ?? null,
    })
  } catch (cause) {
    if (signal?.aborted) throw cause
    throw new ApiError({ code: 'network', status: 0, message: 'The server could not be reached.', cause })
  }
  noteServerDate(response.headers.get('Date'))
  if (!response.ok) throw await toApiError(response)
  // The API's own schemas promise the shape; a front end has nothing better to check it against.
  return (response.status === 204 ? undefined : await response.json()) as T
}

const segment = encodeURIComponent

export type ConsultantQuery = {
  q?: string | undefined
  specialty?: string | undefined
  language?: string | undefined
  serviceType?: string | undefined
  /** Minor units. */
  maxPrice?: number | undefined
  currency?: string | undefined
  availableFrom?: string | undefined
  availableTo?: string | undefined
  sort?: string | undefined
  page?: number | undefined
  limit?: number | undefined
}

export const listConsultants = (query: ConsultantQuery): Promise<ConsultantPage> => call('/consultants', { query })

export const getConsultant = (slug: string): Promise<Consultant> => call(`/consultants/${segment(slug)}`)

export const listServiceTypes = async (): Promise<ServiceType[]> =>
  (await call<{ docs: ServiceType[] }>('/service-types')).docs

export type SlotQuery = {
  consultant: string
  serviceType: string
  /** Dates (YYYY-MM-DD) in `timeZone`, at most 62 days apart. */
  start: string
  end: string
  timeZone: string
  durationMinutes?: number | undefined
  /** Whose holder still sees the held time as free. */
  holdToken?: string | undefined
}

export const findSlots = (query: SlotQuery): Promise<Slots> => call('/slots', { query })

export type HoldInput = {
  consultant: string
  serviceType: string
  start: string
  durationMinutes: number
  /** A hold of this visitor that is given up in the same step. */
  replaces?: string | undefined
}

export const createHold = (body: HoldInput, idempotencyKey: string): Promise<Hold> =>
  call('/holds', { method: 'POST', body, idempotencyKey })

export const releaseHold = (token: string): Promise<void> => call(`/holds/${segment(token)}`, { method: 'DELETE' })

export const createSession = (body: SessionInput, idempotencyKey: string): Promise<BookedSession> =>
  call('/sessions', { method: 'POST', body, idempotencyKey })

/** Which booking or request, and the manage token that opens it. */
export type Managed = { reference: string; token: string | undefined }

const sessionPath = (reference: string, rest = ''): string => `/sessions/${segment(reference)}${rest}`
const requestPath = (reference: string, rest = ''): string => `/requests/${segment(reference)}${rest}`

export const getSession = async ({ reference, token }: Managed): Promise<Session> =>
  (await call<{ session: Session }>(sessionPath(reference), { token })).session

export const previewCancellation = ({ reference, token }: Managed): Promise<CancellationPreview> =>
  call(sessionPath(reference, '/cancellation'), { token })

export const cancelSession = (
  { reference, token }: Managed,
  body: { reason?: string },
  idempotencyKey: string,
): Promise<{ session: Session; refund: Money | null }> =>
  call(sessionPath(reference, '/cancel'), { method: 'POST', body, token, idempotencyKey })

export const rescheduleSession = (
  { reference, token }: Managed,
  body: { start: string; reason?: string },
  idempotencyKey: string,
): Promise<{ session: Session }> =>
  call(sessionPath(reference, '/reschedule'), { method: 'POST', body, token, idempotencyKey })

export const startPayment = ({ reference, token }: Managed, idempotencyKey: string): Promise<CheckoutStart> =>
  call(sessionPath(reference, '/payment'), { method: 'POST', body: {}, token, idempotencyKey })

/** Asks how the payment stands at the provider; the page after paying need not wait for the provider's call. */
export const refreshPayment = async ({ reference, token }: Managed): Promise<Session> =>
  (await call<{ session: Session }>(sessionPath(reference, '/payment/refresh'), { method: 'POST', body: {}, token }))
    .session

export const createReview = ({ reference, token }: Managed, body: ReviewInput, idempotencyKey: string): Promise<void> =>
  call(sessionPath(reference, '/review'), { method: 'POST', body, token, idempotencyKey })

/** The invoice, as whoever manages the booking may open it. */
export const invoiceFileUrl = (invoiceUrl: string, { token }: Managed): string => {
  if (token === undefined) return invoiceUrl
  const url = new URL(invoiceUrl)
  url.searchParams.set('token', token)
  return url.href
}

/** A plain link, because phones only hand a calendar file to the calendar when it comes from a URL; hence the token in it. */
export const calendarFileUrl = ({ reference, token }: Managed): string =>
  toUrl(sessionPath(reference, '/calendar.ics'), { token })

export const createRequest = (
  body: ConsultationRequestInput,
  idempotencyKey: string,
): Promise<{ request: ConsultationRequest; manageToken: string }> =>
  call('/requests', { method: 'POST', body, idempotencyKey })

export const getRequest = async ({ reference, token }: Managed): Promise<ConsultationRequest> =>
  (await call<{ request: ConsultationRequest }>(requestPath(reference), { token })).request

export const cancelRequest = ({ reference, token }: Managed, idempotencyKey: string): Promise<void> =>
  call(requestPath(reference, '/cancel'), { method: 'POST', body: {}, token, idempotencyKey })

export const acceptProposedTime = (
  { reference, token }: Managed,
  body: { start: string },
  idempotencyKey: string,
): Promise<BookedSession> => call(requestPath(reference, '/accept'), { method: 'POST', body, token, idempotencyKey })
