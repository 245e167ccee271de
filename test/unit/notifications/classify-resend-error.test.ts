import { describe, expect, it } from 'vitest'
import { classifyResendError } from '#notifications/channels/email/resend/classify-resend-error'

describe('classifyResendError', () => {
  it.each([
    ['validation_error', 422, 'refused'],
    ['missing_required_field', 422, 'refused'],
    ['invalid_attachment', 422, 'refused'],
    ['invalid_idempotency_key', 400, 'refused'],
    ['security_error', 451, 'refused'],
    ['application_error', 413, 'refused'],
    ['missing_api_key', 401, 'retry'],
    ['invalid_api_key', 403, 'retry'],
    ['validation_error', 403, 'retry'],
    ['rate_limit_exceeded', 429, 'retry'],
    ['daily_quota_exceeded', 429, 'retry'],
    ['internal_server_error', 500, 'retry'],
    ['application_error', 502, 'retry'],
    ['application_error', null, 'retry'],
    ['concurrent_idempotent_requests', 409, 'retry'],
    ['invalid_idempotent_request', 409, 'sent'],
  ] as const)('%s (%s) means %s', (name, statusCode, verdict) => {
    expect(classifyResendError({ name, statusCode, message: '' })).toBe(verdict)
  })
})
