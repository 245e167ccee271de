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
  ])('%s', (url, logged) => expect(loggableUrl(url)).toBe(logged))

  it('is bounded', () => {
    expect(loggableUrl(`/${'a'.repeat(5_000)}?${'b'.repeat(5_000)}=1`).length).toBeLessThan(400)
  })
})
