import { readFileSync } from 'node:fs'
import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:https'
import path from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { fetchFeed, type FetchFeedOptions } from '#calendar/file/fetch-feed'
import { isPublicAddress } from '#calendar/file/is-public-address'
import { parseFeedInThread } from '#calendar/file/parse-feed-in-thread'
import { cleanUpLater } from '../../support/clean-up'

const pem = (name: string) => readFileSync(path.join(import.meta.dirname, '../../support/tls', name), 'utf8')
const ca = pem('localhost.cert.pem')

const text = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Test//EN', 'END:VCALENDAR', ''].join('\r\n')

let answer: (request: IncomingMessage, response: ServerResponse) => void
let seen: string[] = []
let base = ''

beforeAll(async () => {
  const server = createServer({ key: pem('localhost.key.pem'), cert: ca }, (request, response) => {
    seen.push(request.url ?? '')
    answer(request, response)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  cleanUpLater(async () => {
    server.closeAllConnections()
    server.close()
    await once(server, 'close')
  })
  const address = server.address()
  base = `https://localhost:${typeof address === 'object' && address ? address.port : 0}`
})

/** This machine, as if it were somewhere in the Internet. */
const here: FetchFeedOptions['guard'] = { isAllowed: () => true, toUrl: (url) => new URL(url), ca }

const read = (options: FetchFeedOptions = {}, url = `${base}/me.ics`) => {
  seen = []
  return fetchFeed(url, { guard: here, ...options })
}

describe('reading a foreign calendar', () => {
  it('asks again only for what changed', async () => {
    answer = (request, response) => {
      const isKnown = request.headers['if-none-match'] === '"v1"'
      response.writeHead(isKnown ? 304 : 200, { ETag: '"v1"', 'Last-Modified': 'Tue, 01 Dec 2026 00:00:00 GMT' })
      response.end(isKnown ? undefined : text)
    }
    const first = await read()
    expect(first).toEqual({ changed: true, text, etag: '"v1"', lastModified: 'Tue, 01 Dec 2026 00:00:00 GMT' })
    expect(await read({ known: { etag: '"v1"', lastModified: null } })).toEqual({ changed: false })
  })

  it('follows redirects, but not for ever', async () => {
    answer = (request, response) => {
      const hop = Number(/\d+$/.exec(request.url ?? '')?.[0] ?? 9)
      if (hop === 0) response.end(text)
      else response.writeHead(302, { Location: `/hop/${hop - 1}` }).end()
    }
    expect(await read({}, `${base}/hop/5`)).toMatchObject({ changed: true })
    await expect(read({}, `${base}/hop/6`)).rejects.toMatchObject({ fault: 'too_many_redirects' })
  })

  it.each([
    [404, 'gone'],
    [410, 'gone'],
    [403, 'refused'],
    [500, 'unreachable'],
  ])('says what %i means', async (status, fault) => {
    answer = (_request, response) => response.writeHead(status).end()
    await expect(read()).rejects.toMatchObject({ fault })
  })

  it('refuses what is no calendar', async () => {
    answer = (_request, response) => response.end('<html>Log in</html>')
    await expect(read()).rejects.toMatchObject({ fault: 'no_calendar' })
  })

  it('stops at the limit, whether or not the length was announced', async () => {
    const long = text + 'X'.repeat(2_000)
    answer = (_request, response) => response.end(long)
    await expect(read({ maxBytes: 1_000 })).rejects.toMatchObject({ fault: 'too_large' })
    answer = (_request, response) => {
      response.write(long.slice(0, 900))
      response.end(long.slice(900))
    }
    await expect(read({ maxBytes: 1_000 })).rejects.toMatchObject({ fault: 'too_large' })
  })

  it('gives up on a server that never ends', async () => {
    answer = (_request, response) => void response.write('BEGIN:VCALENDAR')
    await expect(read({ timeoutMs: 200 })).rejects.toMatchObject({ fault: 'too_slow' })
  })

  it('gives up on a server that is not there', async () => {
    await expect(read({}, 'https://localhost:1/me.ics')).rejects.toMatchObject({ fault: 'unreachable' })
  })

  it('does not connect where a name leads to this machine', async () => {
    answer = (_request, response) => response.end(text)
    const guard = { isAllowed: isPublicAddress, toUrl: (url: string) => new URL(url), ca }
    await expect(read({ guard })).rejects.toMatchObject({ fault: 'refused_address' })
    expect(seen).toEqual([])
  })

  it('does not follow a redirect to where it must not go', async () => {
    answer = (_request, response) => response.writeHead(302, { Location: 'https://169.254.169.254/latest' }).end()
    const toUrl = (url: string) => {
      if (!url.startsWith(base)) throw new Error('refused')
      return new URL(url)
    }
    await expect(read({ guard: { isAllowed: () => true, toUrl, ca } })).rejects.toMatchObject({
      fault: 'refused_address',
    })
    expect(seen).toEqual(['/me.ics'])
  })

  it('by default goes nowhere but to the public Internet', async () => {
    await expect(fetchFeed(`${base}/me.ics`)).rejects.toMatchObject({ fault: 'refused_address' })
    await expect(fetchFeed('https://127.0.0.1/me.ics')).rejects.toMatchObject({ fault: 'refused_address' })
  })
})

const options = { from: 0, until: Date.parse('2100-01-01T00:00:00Z'), timeZone: 'UTC', ownEmails: [] }
const series = (rule: string) =>
  text.replace(
    'END:VCALENDAR',
    [
      'BEGIN:VEVENT',
      'UID:one',
      'DTSTART:20261204T090000Z',
      'DURATION:PT1S',
      `RRULE:${rule}`,
      'END:VEVENT',
      'END:VCALENDAR',
    ].join('\r\n'),
  )

describe('understanding it in a thread of its own', () => {
  it('answers as it would here', async () => {
    expect(await parseFeedInThread(series('FREQ=DAILY;COUNT=3'), options)).toMatchObject({
      broken: 0,
      busy: [{}, {}, {}],
    })
  })

  it('gives up on what is no calendar', async () => {
    await expect(parseFeedInThread('BEGIN:VCALENDAR\r\nNOTHING', options)).rejects.toMatchObject({
      fault: 'no_calendar',
    })
  })

  it('gives up on what takes too long', async () => {
    // An hour that never comes, looked for in every second.
    const endless = series('FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30')
    await expect(parseFeedInThread(endless, options, { timeoutMs: 1_500 })).rejects.toMatchObject({
      fault: 'no_calendar',
    })
  })
})
