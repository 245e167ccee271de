import type { CallFault } from '../shared/call-faults'
import { Refusal } from './refusal'

/**
 * Errors that the next call that fits is answered with, besides those of the transport:
 * - `server_error`: 500, `unavailable`: 503
 * - `rate_limit`: 429 of the second, with `Retry-After` in seconds
 * - `daily_limit`: 429 of the day, with `Retry-After` as a date
 * - `unauthorized`: 401 (124) although the token is good
 * - `missing_scope`: 400 (4711), the app was not given the scope
 */
export const apiErrorKinds = [
  'server_error',
  'unavailable',
  'rate_limit',
  'daily_limit',
  'unauthorized',
  'missing_scope',
] as const

export type ApiErrorKind = (typeof apiErrorKinds)[number]

export type ZoomFault = CallFault<ApiErrorKind>

export const invalidToken = (message = 'Invalid access token.'): Refusal => new Refusal(401, 124, message)

const nextMidnight = (now: number): string => `${new Date(now + 86_400_000).toISOString().slice(0, 10)}T00:00:00Z`

/** @param now epoch ms by the sandbox's clock. */
export const toRefusal = (kind: ApiErrorKind, { retryAfterSeconds }: ZoomFault, now: number): Refusal => {
  switch (kind) {
    case 'server_error':
      return new Refusal(500, 500, 'Internal server error.')
    case 'unavailable':
      return new Refusal(503, 503, 'Service unavailable.')
    case 'rate_limit':
      return new Refusal(
        429,
        429,
        'You have reached the maximum per-second rate limit for this API. Try again later.',
        {
          headers: { 'Retry-After': String(retryAfterSeconds ?? 1), 'X-RateLimit-Type': 'QPS' },
        },
      )
    case 'daily_limit':
      return new Refusal(429, 429, 'You have reached the maximum daily rate limit for this API.', {
        headers: { 'Retry-After': nextMidnight(now), 'X-RateLimit-Type': 'Daily-limit' },
      })
    case 'unauthorized':
      return invalidToken()
    case 'missing_scope':
      return new Refusal(400, 4711, 'Invalid access token, does not contain scopes:[meeting:write:meeting:admin].')
  }
}
