import { createHash } from 'node:crypto'
import type { EventBody } from '../records'
import { invalid, required } from '../refusal'
import { nowOf, type World } from '../world'

type ConferenceData = NonNullable<EventBody['conferenceData']>

/** How long a conference is being made that does not come at once; ms of the sandbox's clock. */
const makingMs = 5_000

/** Ten letters such as `abc-defg-hij`, the same for the same request. */
const meetingCode = (eventKey: string, requestId: string): string => {
  const letters = [...createHash('sha256').update(`${eventKey}\n${requestId}`).digest().subarray(0, 10)]
    .map((byte) => String.fromCharCode(97 + (byte % 26)))
    .join('')
  return `${letters.slice(0, 3)}-${letters.slice(3, 7)}-${letters.slice(7)}`
}

const solution = {
  key: { type: 'hangoutsMeet' },
  name: 'Google Meet',
  iconUri:
    'https://fonts.gstatic.com/s/i/productlogos/meet_2020q4/v6/web-512dp/logo_meet_2020q4_color_2x_web_512dp.png',
}

const request = (requestId: string, statusCode: 'pending' | 'success' | 'failure') => ({
  requestId,
  conferenceSolutionKey: { type: 'hangoutsMeet' },
  status: { statusCode },
})

/** A conference that was asked for, once it is known what became of it. */
export const settledConference = (
  eventKey: string,
  requestId: string,
  outcome: 'success' | 'failure',
): Pick<EventBody, 'conferenceData' | 'hangoutLink'> => {
  if (outcome === 'failure') return { conferenceData: { createRequest: request(requestId, 'failure') } }
  const code = meetingCode(eventKey, requestId)
  const uri = `https://meet.google.com/${code}`
  return {
    hangoutLink: uri,
    conferenceData: {
      createRequest: request(requestId, 'success'),
      entryPoints: [{ entryPointType: 'video', uri, label: `meet.google.com/${code}` }],
      conferenceSolution: solution,
      conferenceId: code,
    },
  }
}

export type ConferenceChange = Pick<EventBody, 'conferenceData' | 'hangoutLink'> & { conferenceDueAt: number | null }

/**
 * What becomes of an event's conference.
 * @param asked what the request says; undefined = nothing.
 * @param version `conferenceDataVersion`: 0 = whatever the request says of conferences is ignored.
 * @throws Refusal
 */
export const changeConference = (
  world: World,
  args: {
    eventKey: string
    before: { body: EventBody; conferenceDueAt: number | null } | undefined
    asked: ConferenceData | undefined
    version: number
  },
): ConferenceChange => {
  const { before, asked, version, eventKey } = args
  const kept: ConferenceChange = {
    conferenceData: before?.body.conferenceData,
    hangoutLink: before?.body.hangoutLink,
    conferenceDueAt: before?.conferenceDueAt ?? null,
  }
  if (version === 0) return kept
  const none: ConferenceChange = { conferenceData: undefined, hangoutLink: undefined, conferenceDueAt: null }
  if (!asked) return none
  const { createRequest } = asked
  const isSameRequest = createRequest?.requestId === kept.conferenceData?.createRequest?.requestId
  if (isSameRequest && asked.conferenceId && asked.conferenceId === kept.conferenceData?.conferenceId) return kept
  if (!createRequest) {
    const video = asked.entryPoints?.find((entry) => entry.entryPointType === 'video')
    if (!asked.conferenceSolution || !video?.uri) throw invalid('Invalid conference data.')
    return { conferenceData: asked, hangoutLink: video.uri, conferenceDueAt: null }
  }
  const { requestId } = createRequest
  if (!requestId) throw required('Missing conference request id.')
  if (isSameRequest) return kept
  if (createRequest.conferenceSolutionKey && createRequest.conferenceSolutionKey.type !== 'hangoutsMeet') {
    throw invalid('Invalid conference type value.')
  }
  const outcome = world.knobs.nextConferences.shift() ?? 'success'
  if (outcome === 'pending') {
    return {
      conferenceData: { createRequest: request(requestId, 'pending') },
      hangoutLink: undefined,
      conferenceDueAt: nowOf(world) + makingMs,
    }
  }
  return { hangoutLink: undefined, ...settledConference(eventKey, requestId, outcome), conferenceDueAt: null }
}
