import { DomainError, errorCodes, type ErrorCode, toProblem } from '#shared/errors'

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const usual: Readonly<Partial<Record<number, ErrorCode>>> = {
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not_found',
  405: 'method_not_allowed',
  409: 'conflict',
  413: 'payload_too_large',
  429: 'rate_limited',
  502: 'provider_failed',
  503: 'unavailable',
}

const codeOf = (status: number): ErrorCode => usual[status] ?? (status >= 500 ? 'internal_error' : 'invalid_request')

/**
 * A refusal of Payload's own operations, with the members that refusals have everywhere else (RFC 9457) beside the `errors` by which its admin and SDK tell
 * what is wrong with which field. Those are kept as they are, so `errors` is the one member that differs here.
 * @param body as it was parsed. @param status of the answer, 400 or above.
 * @returns undefined for what is no refusal in that form, which is left as it is.
 */
export const addProblem = (
  body: unknown,
  { status, requestId }: { status: number; requestId: string },
): Record<string, unknown> | undefined => {
  if (!isRecord(body) || 'type' in body || !Array.isArray(body.errors)) return undefined
  const [first]: unknown[] = body.errors
  if (!isRecord(first)) return undefined
  const data = isRecord(first.data) ? first.data : {}
  const isKnown = typeof data.code === 'string' && Object.hasOwn(errorCodes, data.code)
  const code = isKnown ? (data.code as ErrorCode) : codeOf(status)
  const { title } = errorCodes[code]
  const detail = typeof first.message === 'string' && first.message !== '' ? first.message : title
  return { ...toProblem(new DomainError(code, detail)), ...body, status, requestId }
}
