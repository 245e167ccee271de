import type { PayloadRequest } from 'payload'
import { withoutWordOfActor } from '#access/act-as'
import { beforeCommit } from '#database/transactions'
import { enqueue, type Job } from '#outbox/enqueue'
import { deriveId } from '#shared/ids'
import type { DomainEvent, DomainEventName, DomainEvents } from './domain-events'
import { handlersOf } from './event-handlers'

/** Larger numbers run later: what the product does itself goes first. */
const priority = 10

/**
 * Says that something has happened, in the transaction in which it did: nobody hears of what is rolled back. Each handler for after the commit
 * becomes a job; those for before it run when everything else of the transaction is done. Where nobody follows the event, nothing is done.
 * @param occurrence which time it happens to what `data` names, where it can happen more than once; makes the id of the event.
 */
export const announce = async <Name extends DomainEventName>(
  req: PayloadRequest,
  name: Name,
  data: DomainEvents[Name],
  occurrence: string | number = 'once',
): Promise<void> => {
  const handlers = handlersOf(name)
  if (!handlers.length) return
  const event = {
    id: deriveId('domain-event', name, JSON.stringify(data), String(occurrence)),
    name,
    at: new Date().toISOString(),
    data,
    // Name and data are of one event; the type of the union does not follow a type parameter.
  } as DomainEvent
  const jobs: Job[] = []
  for (const handler of handlers) {
    if (handler.when === 'after commit') {
      const key = `handle-event:${event.id}:${handler.name}`
      jobs.push({ task: 'handle-event', errand: { event, handler: handler.name }, key, priority })
    } else {
      await beforeCommit(req, `handler "${handler.name}" of ${name}`, async (inner) => {
        await handler.handle({ event, payload: inner.payload, req: withoutWordOfActor(inner) })
      })
    }
  }
  await enqueue(req, ...jobs)
}
