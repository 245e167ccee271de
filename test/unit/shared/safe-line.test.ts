import { describe, expect, it } from 'vitest'
import { safeLine, withoutSecrets } from '#shared/safe-line'

describe('the line of an error that people are shown', () => {
  it.each([
    ['Failed query: select "token" from users where email = $1\nparams: ada@example.org,secret', 'Failed query'],
    ['Error: first\n    at somewhere (file.ts:1:1)', 'Error: first'],
    [
      '422 validation_error: Invalid `to` field: ada.lovelace@example.org',
      '422 validation_error: Invalid `to` field: …',
    ],
    ['401 Invalid API Key provided: sk_test_51Habc123def', '401 Invalid API Key provided: …'],
    ['GET https://zoom.example/v2/users?access_token=abc failed', 'GET https://zoom.example/v2/users?… failed'],
    ['Authorization: Bearer abcdefghijk was refused', 'Authorization: … was refused'],
    ['connect postgres://parley:hunter22@localhost/parley', 'connect postgres://parley:…@localhost/parley'],
    ['refresh_token: 1//0abc-def was refused', 'refresh_token: … was refused'],
    ['no page cs_test_abc1234567 for eyJhbGciOiJIUzI1NiJ9.eyJpZCI6MX0.abc', 'no page … for …'],
    [`token ${'a1'.repeat(30)} is wrong`, 'token … is wrong'],
    [
      'There is no session PY-7KQ2M9XB of 0190c3a0-0000-7000-8000-000000000000',
      'There is no session PY-7KQ2M9XB of 0190c3a0-0000-7000-8000-000000000000',
    ],
  ])('%s', (error, line) => {
    expect(safeLine(error)).toBe(line)
  })

  it('is short', () => {
    expect(safeLine('word '.repeat(100))).toHaveLength(300)
  })
})

describe('text that others have written', () => {
  it.each([
    ['GET /booking/PY-1#token=abc 200 in 12ms', 'GET /booking/PY-1#token=… 200 in 12ms'],
    ['GET /booking/PY-1?token=abc&x=1', 'GET /booking/PY-1?token=…&x=1'],
    ['no page /booking/PY-1%3Ftoken%3Dabc', 'no page /booking/PY-1%3Ftoken%3D…'],
    ['"/api/booking/sessions/PY-1/join?key=abc"', '"/api/booking/sessions/PY-1/join?key=…"'],
    ['/callback?state=abc&code=def', '/callback?state=…&code=…'],
    ['DELETE /api/booking/holds/abc failed', 'DELETE /api/booking/holds/… failed'],
    ['feed /api/calendar/feeds/abc.ics?x', 'feed /api/calendar/feeds/…?x'],
    ['holdToken=abc, ?invite=def', 'holdToken=…, ?invite=…'],
  ])('%s', (text, safe) => expect(withoutSecrets(text)).toBe(safe))
})
