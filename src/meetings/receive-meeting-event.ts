import type { PayloadRequest } from 'payload'
import { withTransaction } from '#database/transactions'
import { enqueue } from '#outbox/enqueue'
import { insertMeetingEvent } from './meeting-event-queries'

declare module '#outbox/task-payloads' {
  interface TaskPayloads {
    /** A report of a provider of rooms was stored. */
    'process-meeting-event': { meetingEventId: string }
  }
}

/**
 * Takes a report of a provider into the inbox, with its job, in one transaction. The caller has made sure that it comes from the provider; the
 * worker reads it by the provider's `news`. The same report again does nothing.
 * @param event.provider the provider's name. @param event.key tells this report from any other of the provider: its id, else a hash of its bytes.
 * @param event.type what kind it is, for operations. @param event.payload as the provider's `news` takes it.
 */
export const receiveMeetingEvent = async (
  req: PayloadRequest,
  event: { provider: string; key: string; type: string; payload: unknown },
): Promise<void> => {
  await withTransaction(req, async (tx) => {
    const id = await insertMeetingEvent(tx, event)
    if (!id) return
    await enqueue(tx, {
      task: 'process-meeting-event',
      payload: { meetingEventId: id },
      key: `meeting-event:${id}`,
    })
  })
}
