import type { PayloadRequest } from 'payload'
import { attributeDefinitions } from '#attributes/attribute-definitions'
import { bookingSettings } from '#availability/booking-settings'
import { presentSessionPayment, presentSession } from '#sessions/present-session'
import type { SessionRow } from '#sessions/session-queries'
import { readAddedFields } from './read-added-fields'
import { settings } from '#settings'
import type { Actor } from '#shared/actor'

/** A session as one side sees it at this moment. */
export const viewSession = async (req: PayloadRequest, session: SessionRow, actor: Actor) => {
  const view = presentSession(session, {
    serverUrl: settings.serverUrl,
    secret: settings.payloadSecret,
    settings: await bookingSettings(req),
    now: Date.now(),
    actor,
    attributeDefinitions: await attributeDefinitions(req, 'scheduled-sessions'),
  })
  const added = await readAddedFields(req, 'scheduled-sessions', { id: [session.id] })
  return { ...view, ...added.get(session.id) }
}

/** The answer to "how is my session?": the session, its money, and what may be done. */
export const viewSessionWithPayment = async (req: PayloadRequest, session: SessionRow, actor: Actor) => {
  const view = await viewSession(req, session, actor)
  const payment = presentSessionPayment(session, { actor, serverUrl: settings.serverUrl })
  return { session: { ...view, payment }, payment, actions: view.actions }
}
