import type { CallFault } from '../shared/call-faults'
import { Refusal } from './refusal'

/**
 * Errors that the next call that fits is answered with, besides those of the transport:
 * - `server_error`: 500, `unavailable`: 503
 * - `rate_limit`, `user_rate_limit`, `quota`: 403 with `rateLimitExceeded`, `userRateLimitExceeded`, `quotaExceeded`
 * - `too_many_requests`: 429
 * - `unauthorized`: 401 although the token is good
 * - `no_push`: 400, as for calendars that cannot be watched
 */
export const apiErrorKinds = [
  'server_error',
  'unavailable',
  'rate_limit',
  'user_rate_limit',
  'too_many_requests',
  'quota',
  'unauthorized',
  'no_push',
] as const

export type ApiErrorKind = (typeof apiErrorKinds)[number]

export type GoogleFault = CallFault<ApiErrorKind>

export const invalidCredentials = (): Refusal =>
  new Refusal({
    status: 401,
    reason: 'authError',
    message: 'Invalid Credentials',
    location: 'Authorization',
    locationType: 'header',
    code: 'UNAUTHENTICATED',
  })

const limits = (status: number, reason: string, message: string, retryAfterSeconds: number | undefined): Refusal =>
  new Refusal({ status, reason, message, domain: 'usageLimits', retryAfterSeconds })

export const toRefusal = (kind: ApiErrorKind, { retryAfterSeconds }: GoogleFault): Refusal => {
  switch (kind) {
    case 'server_error':
      return new Refusal({ status: 500, reason: 'backendError', message: 'Backend Error', retryAfterSeconds })
    case 'unavailable':
      return new Refusal({
        status: 503,
        reason: 'backendError',
        message: 'The service is currently unavailable.',
        retryAfterSeconds,
      })
    case 'rate_limit':
      return limits(403, 'rateLimitExceeded', 'Rate Limit Exceeded', retryAfterSeconds)
    case 'user_rate_limit':
      return limits(403, 'userRateLimitExceeded', 'User Rate Limit Exceeded', retryAfterSeconds)
    case 'too_many_requests':
      return limits(429, 'rateLimitExceeded', 'Rate Limit Exceeded', retryAfterSeconds)
    case 'quota':
      return limits(403, 'quotaExceeded', 'Calendar usage limits exceeded.', retryAfterSeconds)
    case 'unauthorized':
      return invalidCredentials()
    case 'no_push':
      return new Refusal({
        status: 400,
        reason: 'pushNotSupportedForRequestedResource',
        message: 'Push notifications are not supported by this resource.',
      })
  }
}
