import type { Payload, PayloadRequest } from 'payload'
import type { DomainEvent } from '#events/domain-events'
import { requireSession } from '#sessions/session-queries'

/**
 * Opens the session's file with the session: there is never one without the other. In its transaction, hence `req` at every call. One that is paid
 * late is agreed a second time, and has its file already.
 */
export const openFile = async ({
  event,
  payload,
  req,
}: {
  event: DomainEvent<'session.scheduled'>
  payload: Payload
  req: PayloadRequest
}): Promise<void> => {
  const { id, reference, consultantId } = await requireSession(req, event.data.sessionId)
  const { totalDocs } = await payload.count({
    collection: 'practice-files',
    where: { session: { equals: id } },
    req,
  })
  if (totalDocs) return
  const { practiceOpponent } = await payload.findByID({
    collection: 'scheduled-sessions',
    id,
    depth: 0,
    select: { practiceOpponent: true },
    req,
  })
  await payload.create({
    collection: 'practice-files',
    data: {
      number: `F-${reference}`,
      session: id,
      consultant: consultantId,
      opponent: practiceOpponent ?? null,
      status: 'open',
    },
    req,
  })
}
