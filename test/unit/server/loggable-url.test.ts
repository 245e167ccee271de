import { describe, expect, it } from 'vitest'
import { loggableUrl } from '#server/loggable-url'

describe('a logged address', () => {
  it.each([
    ['/booking/PY-7KQ2M9XB?token=abc123', '/booking/PY-7KQ2M9XB?token=…'],
    ['/api/booking/sessions/PY-7KQ2M9XB/join?key=abc123', '/api/booking/sessions/PY-7KQ2M9XB/join?key=…'],
    ['/api/booking/holds/abc123', '/api/booking/holds/…'],
    ['/api/calendar/feeds/abc123.ics', '/api/calendar/feeds/…'],
    ['/api/users/verify/abc123', '/api/users/verify/…'],
    ['/admin/users/verify/abc123', '/admin/users/verify/…'],
    ['/admin/reset/abc123?x=1', '/admin/reset/…?x=…'],
    ['/api/people/a@b.example/x', '/api/people/…/x'],
    ['/api/people/a%40b.example', '/api/people/…'],
    ['/api/users?where[email][equals]=a%40b.example', '/api/users?where[email][equals]=…'],
    ['/api/booking/slots?consultant=ada&start=2026-12-01', '/api/booking/slots?consultant=ada&start=2026-12-01'],
    ['/api/booking/slots?Token=x&consultant=ada', '/api/booking/slots?Token=…&consultant=ada'],
    ['/booking/PY-7KQ2M9XB#token=abc123', '/booking/PY-7KQ2M9XB'],
    ['/booking/PY-7KQ2M9XB%3Ftoken%3Dabc123', '/booking/PY-7KQ2M9XB%3Ftoken%3D…'],
    ['/booking/PY-7KQ2M9XB%23token=abc123&view=x', '/booking/PY-7KQ2M9XB%23token=…'],
    ['/api/payments/PM-7KQ2M9XB/invoice.pdf&token=abc123', '/api/payments/PM-7KQ2M9XB/invoice.pdf&token=…'],
    ['http://other.example/api/booking/holds/abc123', 'http://other.example/api/booking/holds/…'],
    ['/api/calendar/google/callback?code=abc123&state=def', '/api/calendar/google/callback?code=…&state=…'],
    ['/api/booking/slots?holdToken=abc&hold=b&invite=c', '/api/booking/slots?holdToken=…&hold=…&invite=…'],
  ])('%s', (url, logged) => expect(loggableUrl(url)).toBe(logged))

  it('is bounded', () => {
    expect(loggableUrl(`/${'a'.repeat(5_000)}?${'b'.repeat(5_000)}=1`).length).toBeLessThan(400)
  })
})
