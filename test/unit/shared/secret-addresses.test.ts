import { describe, expect, it } from 'vitest'
import { isSecretAddress } from '#shared/secret-addresses'

describe('an address that holds a secret', () => {
  it.each([
    '/booking/PY-1',
    '/booking/PY-1?token=a',
    '/requests/RQ-1',
    '/account',
    '/account/bookings?page=2',
    '/admin/reset/abc',
    '/admin/users/verify/abc',
    '/api/booking/sessions/PY-1/join?key=a',
    '/api/booking/sessions/PY-1/calendar.ics?token=a',
    '/api/calendar/differences/1?key=a&decision=keep',
    '/api/calendar/feeds/abc.ics',
    '/api/calendar/google/callback?code=a&state=b',
    '/api/booking/slots?holdToken=a',
  ])('%s', (url) => expect(isSecretAddress(url)).toBe(true))

  it.each([
    '/',
    '/?q=token',
    '/experts/kenji/book?start=2030-01-01T10:00:00Z',
    '/request?expert=kenji',
    '/bookings',
    '/admin/login?redirect=%2Fadmin',
    '/api/booking/sessions/PY-1',
    '/api/booking/slots?consultant=token',
  ])('is not %s', (url) => expect(isSecretAddress(url)).toBe(false))
})
