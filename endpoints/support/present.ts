import type { PayloadRequest } from 'payload'
import { bookingSettings } from '#availability/booking-settings'
import { presentPayment, presentSession } from '#sessions/present-session'
import type { SessionRow } from '#sessions/session-queries'
import { settings } from '#settings'
import type { Actor } from '#shared/actor'

/** A session as one side sees it at this moment. */
export const viewSession = async (req: PayloadRequest, session: SessionRow, actor: Actor) => {
  const { reschedulePolicy } = await bookingSettings(req)
  return presentSession(session, {
    serverUrl: settings.serverUrl,
    secret: settings.payloadSecret,
    reschedulePolicy,
    now: Date.now(),
    actor,
  })
}

/** The answer to "how is my session?": the session, its money, and what may be done. */
export const viewSessionWithPayment = async (req: PayloadRequest, session: SessionRow, actor: Actor) => {
  const view = await viewSession(req, session, actor)
  const payment = presentPayment(session, { actor, serverUrl: settings.serverUrl })
  return { session: { ...view, payment }, payment, actions: view.actions }
}
