import { describe, expect, it, test } from 'vitest'
import { answerPreflight, listedIn, withCors, withVary } from '#server/cors'

const listed = { origins: ['https://front.example'], headers: ['Idempotency-Key'] }
const ask = (origin: string | undefined, method = 'GET') =>
  new Request('https://parley.example/api', { method, headers: origin === undefined ? {} : { Origin: origin } })
const granted = ({ headers }: Response) => [...headers.keys()].filter((name) => name.startsWith('access-control-'))

test.each([
  [null, ['Origin'], 'Origin'],
  ['Accept-Encoding, origin', ['Origin', 'Cookie'], 'Accept-Encoding, Origin, Cookie'],
  ['*', ['Origin'], '*'],
])('Vary %s and %j is %s', (header, added, vary) => expect(withVary(header, ...added)).toBe(vary))

describe('an answer', () => {
  it('is read by pages of listed origins alone, whatever it said itself', () => {
    const open = () =>
      new Response('{}', { headers: { 'Access-Control-Allow-Origin': '*', 'Access-Control-Allow-Methods': 'GET' } })
    for (const origin of [
      undefined,
      'null',
      'https://evil.example',
      'https://front.example.evil.example',
      'HTTPS://front.example',
    ]) {
      expect(granted(withCors(ask(origin), open(), listed))).toEqual([])
    }
    const { headers } = withCors(ask('https://front.example'), open(), listed)
    expect(headers.get('access-control-allow-origin')).toBe('https://front.example')
    expect(headers.get('access-control-expose-headers')).toContain('Retry-After')
  })

  it('differs by who asks unless everybody gets it alike, and always by the origin', () => {
    expect(withCors(ask(undefined), new Response('{}'), listed).headers.get('vary')).toBe(
      'Authorization, Cookie, Origin',
    )
    const shared = new Response('{}', { headers: { 'Cache-Control': 'public, max-age=60' } })
    expect(withCors(ask(undefined), shared, listed).headers.get('vary')).toBe('Origin')
  })

  it('that leads elsewhere cannot be changed, and is made anew', () => {
    const { status, headers } = withCors(
      ask('https://front.example'),
      Response.redirect('https://a.example/', 303),
      listed,
    )
    expect([status, headers.get('location')]).toEqual([303, 'https://a.example/'])
    expect(headers.get('access-control-allow-origin')).toBe('https://front.example')
  })
})

it('the question before a request says what may be sent, and for how long', () => {
  const { headers } = withCors(ask('https://front.example', 'OPTIONS'), answerPreflight(), listed)
  expect(headers.get('access-control-max-age')).toBe('7200')
  expect(headers.get('access-control-allow-headers')).toContain('Idempotency-Key')
  expect(granted(withCors(ask('https://evil.example', 'OPTIONS'), answerPreflight(), listed))).toEqual([])
})

it('origins come from the configuration', () => {
  expect(listedIn({ cors: ['https://a.example'] })).toEqual({ origins: ['https://a.example'], headers: [] })
  expect(listedIn({ cors: { origins: ['https://a.example'], headers: ['X-A'] } })).toEqual({
    origins: ['https://a.example'],
    headers: ['X-A'],
  })
  expect(listedIn({ cors: '*' })).toEqual({ origins: [], headers: [] })
})
