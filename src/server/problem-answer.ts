import { DomainError, toProblem, type ErrorCode } from '#shared/errors'

/** A refusal of the server itself, before any endpoint has seen the request. */
export const problemAnswer = (
  code: ErrorCode,
  detail: string,
  requestId: string,
  headers: HeadersInit = {},
): Response => answer(new DomainError(code, detail), requestId, headers)

/** The same for a refusal that was thrown on the way. */
export const refusalAnswer = (refusal: DomainError, requestId: string): Response =>
  answer(refusal, requestId, refusal.retryAfter === undefined ? {} : { 'Retry-After': String(refusal.retryAfter) })

const answer = (refusal: DomainError, requestId: string, headers: HeadersInit): Response =>
  new Response(JSON.stringify({ ...toProblem(refusal), requestId }), {
    status: refusal.status,
    headers: { 'Content-Type': 'application/problem+json', 'Cache-Control': 'private, no-store', ...headers },
  })
