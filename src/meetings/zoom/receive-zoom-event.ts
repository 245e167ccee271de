import { createHash } from 'node:crypto'
import type { PayloadRequest } from 'payload'
import { settings } from '#settings'
import { DomainError } from '#shared/errors'
import { receiveMeetingEvent } from '../receive-meeting-event'
import { zoomEventSchema } from './read-zoom-event'
import { answerUrlValidation, isFromZoom } from './verify-zoom-webhook'

const parse = (rawBody: string) => {
  try {
    const event = zoomEventSchema.safeParse(JSON.parse(rawBody))
    if (event.success) return event.data
  } catch {
    // No JSON: no event either.
  }
  throw new DomainError('invalid_request', 'The body is no event of Zoom.')
}

/**
 * Takes a report of Zoom into the inbox: signature first, then the row and its job in one transaction. The same report again is
 * acknowledged and does nothing; Zoom gives its events no id, so it is known by its bytes.
 * @returns what to answer, which for Zoom's question whose address this is holds the answer.
 * @throws DomainError `not_found` where Zoom is not set up, `invalid_request` when it was not signed by Zoom just now.
 */
export const receiveZoomEvent = async (
  req: PayloadRequest,
  delivery: { rawBody: string; signature: string | null; timestamp: string | null },
): Promise<object> => {
  const { zoom } = settings
  if (zoom === undefined) throw new DomainError('not_found', 'Zoom is not set up here.')
  const { webhookSecret: secret } = zoom
  if (!isFromZoom({ ...delivery, secret, now: Date.now() })) {
    throw new DomainError('invalid_request', 'The signature is missing, wrong or too old.')
  }
  const event = parse(delivery.rawBody)
  const { plainToken } = event.payload
  if (event.event === 'endpoint.url_validation' && plainToken !== undefined) {
    return answerUrlValidation(plainToken, secret)
  }
  const key = createHash('sha256').update(delivery.rawBody).digest('base64url')
  await receiveMeetingEvent(req, { provider: 'zoom', key, type: event.event, payload: event })
  return { received: true }
}
