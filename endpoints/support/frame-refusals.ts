import { refusalsOfHandlers } from '#events/event-handlers'
import type { ErrorCode } from '#shared/errors'
import type { Operation } from './operation'

type Described = Pick<
  Operation,
  'method' | 'params' | 'query' | 'body' | 'limit' | 'isIdempotent' | 'isStandalone' | 'refusals'
>

/**
 * What the frame around an operation refuses, whatever the operation does. It is the only place that says so: the document and the
 * check of answers add it to what the operation itself lists.
 * - `invalid_request`: what it takes is parsed; a value that the database or a collection cannot take is one as well.
 * - `payload_too_large`: the web server and the parser bound whatever comes with a body, with a DELETE too.
 * - `idempotency_conflict`: a key that was used for something else.
 * - `rate_limited`: its own limit, and that of wrong tokens and references.
 * - `conflict`: a write that meets what another one has stored meanwhile.
 * - What follows events of an installation refuses with its own codes, whatever is written.
 * - `unavailable`: the database is away or busy. `internal_error`: a fault of ours.
 */
export const frameRefusals = (operation: Described): ErrorCode[] => {
  const { method, params, query, body, limit, isIdempotent, isStandalone = false } = operation
  const writes = method !== 'get' && !isStandalone
  const isParsed = params !== undefined || query !== undefined || body !== undefined || isIdempotent || writes
  const refuses: Partial<Record<ErrorCode, boolean>> = {
    invalid_request: isParsed,
    conflict: writes,
    idempotency_conflict: isIdempotent,
    payload_too_large: method !== 'get',
    rate_limited: limit !== undefined,
    internal_error: true,
    unavailable: !isStandalone,
    ...(writes ? Object.fromEntries(refusalsOfHandlers().map((code) => [code, true])) : {}),
  }
  // Object.keys gives string[]; the table's keys are codes.
  return (Object.keys(refuses) as ErrorCode[]).filter((code) => refuses[code])
}

/** Everything that a caller of an operation can be refused with: by its own rules, and by the frame. */
export const allRefusals = (operation: Described): ReadonlySet<ErrorCode> =>
  new Set([...operation.refusals, ...frameRefusals(operation)])
