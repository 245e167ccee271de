import { lookup } from 'node:dns'
import type { IncomingMessage } from 'node:http'
import { Agent, request } from 'node:https'
import type { LookupFunction } from 'node:net'
import { CalendarError, type CalendarOutcome } from '../calendar-error'
import type { AddressGuard, WholeVersion } from '../calendar-provider'
import { isPublicAddress } from './is-public-address'
import { toFeedUrl } from './to-feed-url'

/** Why a calendar could not be read; for its owner and for operations. */
export const feedFaults = {
  refused_address: 'The address leads to a network that is not public.',
  unreachable: 'The server could not be reached.',
  too_slow: 'The server took too long.',
  too_large: 'The calendar is larger than 5 MB.',
  too_many_redirects: 'The server redirects without end.',
  busy: 'The server takes no more calls for now.',
  refused: 'The server refused to give the calendar out.',
  gone: 'There is no calendar at that address any more.',
  no_calendar: 'What is at that address is no calendar.',
} as const

export type FeedFault = keyof typeof feedFaults

/** What is refused is not named. */
const outcomes: Partial<Record<FeedFault, CalendarOutcome>> = {
  unreachable: 'unknown',
  too_slow: 'unknown',
  gone: 'gone',
  busy: 'retry',
}

export class FeedError extends CalendarError {
  override readonly name = 'FeedError'
  readonly fault: FeedFault

  constructor(fault: FeedFault, { cause, retryAfterSeconds }: { cause?: unknown; retryAfterSeconds?: number } = {}) {
    super(feedFaults[fault], { outcome: outcomes[fault] ?? 'refused', cause, retryAfterSeconds })
    this.fault = fault
  }
}

export type FetchedFeed = { changed: false } | ({ changed: true; text: string } & WholeVersion)

export type FetchFeedOptions = {
  known?: WholeVersion
  /** Milliseconds for everything, redirects included. */
  timeoutMs?: number
  maxBytes?: number
  /** Which addresses may be connected to, and how an address of text is read. Other than in tests, the public Internet alone. */
  guard?: AddressGuard
}

const publicInternet: AddressGuard = { isAllowed: isPublicAddress, toUrl: toFeedUrl }
const mostRedirects = 5

/**
 * Looks a name up and refuses it when any of its addresses is not allowed. The connection is made to what was looked up here, so a
 * name that answers differently a moment later (DNS rebinding) gains nothing.
 */
const guardedLookup =
  (isAllowed: (address: string) => boolean): LookupFunction =>
  (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      const [first] = addresses ?? []
      if (error || !first) {
        callback(error ?? new Error(`${hostname} has no address.`), '', 0)
      } else if (!addresses.every(({ address }) => isAllowed(address))) {
        callback(new FeedError('refused_address'), '', 0)
      } else if (options.all) {
        callback(null, addresses)
      } else {
        callback(null, first.address, first.family)
      }
    })
  }

const readAll = async (response: IncomingMessage, maxBytes: number): Promise<string> => {
  if (Number(response.headers['content-length'] ?? 0) > maxBytes) throw new FeedError('too_large')
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > maxBytes) throw new FeedError('too_large')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

const faultOf = (status: number): FeedFault =>
  status === 404 || status === 410 ? 'gone' : status >= 500 ? 'unreachable' : 'refused'

/** What a server asks for, within an hour; a minute where it says nothing. */
const pauseOf = ({ headers }: IncomingMessage): number => {
  const seconds = Number(headers['retry-after'] ?? NaN)
  return seconds >= 0 ? Math.min(Math.ceil(seconds), 3_600) : 60
}

/**
 * Reads a foreign calendar over https: at most 5 MB in 10 seconds, from public addresses alone, checked at every connection and
 * redirect. Asks only for what changed since `known`.
 * @throws FeedError
 */
export const fetchFeed = async (address: string, options: FetchFeedOptions = {}): Promise<FetchedFeed> => {
  const { known, timeoutMs = 10_000, maxBytes = 5_000_000, guard = publicInternet } = options
  const signal = AbortSignal.timeout(timeoutMs)
  const agent = new Agent({ keepAlive: false, ...(guard.ca ? { ca: guard.ca } : {}) })

  const open = (url: URL): Promise<IncomingMessage> =>
    new Promise((resolve, reject) => {
      const sent = request(
        url,
        {
          agent,
          signal,
          lookup: guardedLookup(guard.isAllowed),
          headers: {
            Accept: 'text/calendar, text/plain;q=0.5',
            'Accept-Encoding': 'identity',
            'User-Agent': 'Parley',
            ...(known?.etag ? { 'If-None-Match': known.etag } : {}),
            ...(known?.lastModified ? { 'If-Modified-Since': known.lastModified } : {}),
          },
        },
        resolve,
      )
      sent.on('error', reject)
      sent.end()
    })

  const follow = async (url: URL, redirects: number): Promise<FetchedFeed> => {
    const response = await open(url)
    const status = response.statusCode ?? 0
    try {
      if (status === 304 && known) return { changed: false }
      if (status >= 300 && status < 400 && response.headers.location) {
        if (redirects >= mostRedirects) throw new FeedError('too_many_redirects')
        const { href } = new URL(response.headers.location, url)
        return await follow(allowedUrl(href, guard.toUrl), redirects + 1)
      }
      if (status === 429 || status === 503) throw new FeedError('busy', { retryAfterSeconds: pauseOf(response) })
      if (status !== 200) throw new FeedError(faultOf(status))
      const text = await readAll(response, maxBytes)
      if (!/^\uFEFF?\s*BEGIN:VCALENDAR/i.test(text)) throw new FeedError('no_calendar')
      return {
        changed: true,
        text: text.replace(/^\uFEFF/, ''),
        etag: response.headers.etag ?? null,
        lastModified: response.headers['last-modified'] ?? null,
      }
    } finally {
      response.destroy()
    }
  }

  try {
    return await follow(allowedUrl(address, guard.toUrl), 0)
  } catch (error) {
    if (error instanceof FeedError) throw error
    throw new FeedError(signal.aborted ? 'too_slow' : 'unreachable', { cause: error })
  } finally {
    agent.destroy()
  }
}

const allowedUrl = (text: string, toUrl: (text: string) => URL): URL => {
  try {
    return toUrl(text)
  } catch (error) {
    throw new FeedError('refused_address', { cause: error })
  }
}
