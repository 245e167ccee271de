import { z } from 'zod'
import { callProvider, type Settled } from '#providers/call-provider'
import { findProviderLimited } from '#providers/provider-limited'
import type { ProviderVerdict } from '#providers/provider-call'
import { settings } from '#settings'
import type { RoomOutcome } from '../room-error'
import { ZoomError } from './zoom-error'

export type ZoomClientOptions = {
  accountId: string
  clientId: string
  clientSecret: string
  /** Another host for the API and for OAuth, for the sandbox or a proxy. Without a path. */
  apiBase?: string | undefined
  /** How long to wait for one answer, milliseconds. */
  timeoutMs?: number
}

const meetingSchema = z.object({
  id: z.union([z.number(), z.string()]).transform(String),
  host_id: z.string().optional(),
  join_url: z.url(),
  start_url: z.url().optional(),
  agenda: z.string().optional(),
})

/** A meeting as Zoom knows it. `startUrl` opens it as its host, and stops working after some hours. */
export type ZoomMeeting = { id: string; hostId: string | null; joinUrl: string; startUrl: string | null }

const toMeeting = (meeting: z.output<typeof meetingSchema>): ZoomMeeting => ({
  id: meeting.id,
  hostId: meeting.host_id ?? null,
  joinUrl: meeting.join_url,
  startUrl: meeting.start_url ?? null,
})

/** What a meeting is made from; `startsAt` in epoch milliseconds. */
export type ZoomMeetingRequest = {
  topic: string
  /** Stands in the agenda, so that a meeting whose making was not answered is found again. */
  marker: string
  startsAt: number
  durationMinutes: number
}

/** Not with milliseconds, which Zoom does not take. */
const toZoomTime = (instant: number): string => new Date(instant).toISOString().replace(/\.\d{3}Z$/, 'Z')

const timesOf = ({ startsAt, durationMinutes }: Pick<ZoomMeetingRequest, 'startsAt' | 'durationMinutes'>) => ({
  start_time: toZoomTime(startsAt),
  duration: durationMinutes,
  timezone: 'UTC',
})

const errorSchema = z.object({ code: z.number().optional(), message: z.string().optional() }).catch({})

const outcomeOf = (status: number, code: number | undefined): RoomOutcome => {
  if (status === 404 || code === 3001 || code === 1001) return 'gone'
  // 3002: somebody is in the meeting, so it cannot be removed yet.
  if (status === 401 || status === 429 || code === 3002) return 'not_processed'
  return status >= 400 && status < 500 ? 'refused' : 'unknown'
}

const readJson = async (response: Response): Promise<unknown> => {
  const text = await response.text()
  if (!text) return undefined
  try {
    return JSON.parse(text) as unknown
  } catch {
    throw new ZoomError(`Zoom answered ${response.status} with something that is no JSON.`, {
      outcome: response.status >= 400 && response.status < 500 ? 'refused' : 'unknown',
    })
  }
}

const failureOf = (response: Response, body: unknown): ZoomError => {
  const { code, message } = errorSchema.parse(body ?? {})
  const wait = Number(response.headers.get('retry-after'))
  return new ZoomError(`Zoom answered ${response.status}${message ? `: ${message}` : ''}`, {
    outcome: outcomeOf(response.status, code),
    code,
    retryAfter: Number.isFinite(wait) && wait > 0 ? wait : undefined,
  })
}

type Answer = { response: Response; body: unknown }

/** `/users/jo@example.com/meetings?…` → `POST users/:id/meetings` */
const operationOf = (method: string, path: string): string =>
  `${method} ${(path.split('?')[0] ?? '').replace(/^\/(users|meetings)\/[^/]+/, '$1/:id')}`

const tokenOperation = 'token'

const judgeOf =
  (operation: string) =>
  (settled: Settled<Answer>): ProviderVerdict => {
    if ('error' in settled) return { outcome: 'failed', reason: 'Zoom could not be reached, or answered nonsense.' }
    const { status, headers } = settled.value.response
    // What one user may do in a day says nothing of the others.
    if (status === 429 && /day|daily/i.test(headers.get('x-ratelimit-type') ?? '')) return { outcome: 'refused' }
    const retryAfterSeconds = Number(headers.get('retry-after')) || null
    if (status === 429) return { outcome: 'limited', retryAfterSeconds }
    if (status >= 500) return { outcome: 'failed', reason: `Zoom answered ${status}.`, retryAfterSeconds }
    if (status === 401 || (operation === tokenOperation && status >= 400))
      return { outcome: 'failed', reason: `Zoom does not take the credentials (${status}).` }
    return { outcome: status < 400 ? 'ok' : 'refused' }
  }

const tokenSchema = z.object({ access_token: z.string(), expires_in: z.number() })

export type ZoomClient = ReturnType<typeof createZoomClient>

/** A client of Zoom's API for the installation's own account (server-to-server OAuth). Every call throws nothing but `ZoomError`. */
export const createZoomClient = ({
  accountId,
  clientId,
  clientSecret,
  apiBase,
  timeoutMs = 10_000,
}: ZoomClientOptions) => {
  const api = apiBase ?? 'https://api.zoom.us'
  const oauth = apiBase ?? 'https://zoom.us'
  let token: { value: string; expiresAt: number } | undefined

  const send = async (operation: string, url: string, init: RequestInit): Promise<Answer> => {
    try {
      return await callProvider<Answer>({ provider: 'zoom', operation, judge: judgeOf(operation) }, () =>
        fetchJson(url, init),
      )
    } catch (error) {
      const limited = findProviderLimited(error)
      if (error instanceof ZoomError || !limited) throw error
      const retryAfter = Math.ceil(limited.retryAfterSeconds)
      throw new ZoomError(limited.message, { outcome: 'not_processed', retryAfter, cause: limited })
    }
  }

  const fetchJson = async (url: string, init: RequestInit): Promise<Answer> => {
    try {
      const response = await fetch(url, { ...init, signal: AbortSignal.timeout(timeoutMs), redirect: 'error' })
      return { response, body: await readJson(response) }
    } catch (error) {
      if (error instanceof ZoomError) throw error
      throw new ZoomError('Zoom could not be reached.', { outcome: 'unknown', cause: error })
    }
  }

  const accessToken = async (): Promise<string> => {
    if (token && token.expiresAt > Date.now()) return token.value
    const credentials = Buffer.from(`${clientId}:${clientSecret}`).toString('base64')
    const query = new URLSearchParams({ grant_type: 'account_credentials', account_id: accountId })
    // Nothing was asked of the API yet, whatever goes wrong here.
    const noToken = (why: string, cause?: unknown) =>
      new ZoomError(`Zoom gave no access token (${why}).`, { outcome: 'not_processed', cause })
    const { response, body } = await send(tokenOperation, `${oauth}/oauth/token?${query}`, {
      method: 'POST',
      headers: { Authorization: `Basic ${credentials}` },
    }).catch((error: unknown) => {
      throw noToken(error instanceof Error ? error.message : String(error), error)
    })
    const read = tokenSchema.safeParse(body)
    if (!response.ok || !read.success) throw noToken(String(response.status), read.error)
    const { access_token: value, expires_in: seconds } = read.data
    token = { value, expiresAt: Date.now() + (seconds - 60) * 1_000 }
    return value
  }

  const call = async (method: string, path: string, body?: object, isRetry = false): Promise<unknown> => {
    const value = await accessToken()
    const { response, body: answer } = await send(operationOf(method, path), `${api}/v2${path}`, {
      method,
      headers: {
        Authorization: `Bearer ${value}`,
        ...(body ? { 'Content-Type': 'application/json' } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    if (response.ok) return answer
    const failure = failureOf(response, answer)
    if (response.status === 401 && !isRetry) {
      // Withdrawn before its time.
      token = undefined
      return call(method, path, body, true)
    }
    throw failure
  }

  const understand = <T>(schema: z.ZodType<T>, answer: unknown): T => {
    const parsed = schema.safeParse(answer)
    if (parsed.success) return parsed.data
    throw new ZoomError('Zoom answered with something that is not understood.', {
      outcome: 'unknown',
      cause: parsed.error,
    })
  }

  return {
    /** Makes a meeting for a user of the account (an e-mail address, an id, or `me`). */
    createMeeting: async (user: string, request: ZoomMeetingRequest): Promise<ZoomMeeting> =>
      toMeeting(
        understand(
          meetingSchema,
          await call('POST', `/users/${encodeURIComponent(user)}/meetings`, {
            topic: request.topic.slice(0, 200),
            // Scheduled, once.
            type: 2,
            ...timesOf(request),
            agenda: request.marker,
            settings: { join_before_host: true, jbh_time: 15, waiting_room: false, auto_recording: 'none' },
          }),
        ),
      ),

    /** The meeting with that marker, if one was made. */
    findMeeting: async (user: string, marker: string): Promise<ZoomMeeting | undefined> => {
      const page = z.object({ meetings: z.array(meetingSchema), next_page_token: z.string().optional() })
      let next = ''
      for (let pages = 0; pages < 50; pages++) {
        const query = new URLSearchParams({
          type: 'scheduled',
          page_size: '300',
          ...(next ? { next_page_token: next } : {}),
        })
        const { meetings, next_page_token } = understand(
          page,
          await call('GET', `/users/${encodeURIComponent(user)}/meetings?${query}`),
        )
        const found = meetings.find(({ agenda }) => agenda === marker)
        if (found) return toMeeting(found)
        if (!next_page_token) return undefined
        next = next_page_token
      }
      return undefined
    },

    getMeeting: async (id: string): Promise<ZoomMeeting> =>
      toMeeting(understand(meetingSchema, await call('GET', `/meetings/${encodeURIComponent(id)}`))),

    moveMeeting: async (id: string, times: Pick<ZoomMeetingRequest, 'startsAt' | 'durationMinutes'>): Promise<void> => {
      await call('PATCH', `/meetings/${encodeURIComponent(id)}`, timesOf(times))
    },

    deleteMeeting: async (id: string): Promise<void> => {
      await call('DELETE', `/meetings/${encodeURIComponent(id)}`)
    },
  }
}

let client: ZoomClient | undefined

/** The client of this process, from the settings; undefined where Zoom is not set up. */
export const getZoom = (): ZoomClient | undefined =>
  (client ??= settings.zoom === undefined ? undefined : createZoomClient(settings.zoom))
