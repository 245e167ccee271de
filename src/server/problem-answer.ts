import { DomainError, toProblem, type ErrorCode } from '#shared/errors'

/** A refusal of the server itself, before any endpoint has seen the request. */
export const problemAnswer = (
  code: ErrorCode,
  detail: string,
  requestId: string,
  headers: HeadersInit = {},
): Response =>
  new Response(JSON.stringify({ ...toProblem(new DomainError(code, detail)), requestId }), {
    status: new DomainError(code, detail).status,
    headers: { 'Content-Type': 'application/problem+json', 'Cache-Control': 'no-store', ...headers },
  })
