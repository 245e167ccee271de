import { localRequest } from '#database/local-request'
import { runErrand } from '#outbox/follow-errand'
import { lostErrands } from '#outbox/lost-work-queries'
import type { Work } from '#outbox/task'
import type { Errand } from '#outbox/task-payloads'
import { withinPatience } from './within-patience'
import type { DomainEvent } from './domain-events'
import { handlersOf } from './event-handlers'

declare module '#outbox/task-payloads' {
  interface TaskPayloads {
    /** Lets one handler follow an event. */
    'handle-event': Errand<{ event: DomainEvent; handler: string }>
  }
}

/** One that was taken away while its jobs waited will not come back by trying. */
const handleEvent = runErrand<'handle-event'>(async (payload, { event, handler: name }) => {
  const handler = handlersOf(event.name).find((other) => other.when === 'after commit' && other.name === name)
  if (!handler) {
    payload.logger.warn({
      event: event.name,
      eventId: event.id,
      handler: name,
      msg: 'An event was not handled: its handler is gone',
    })
    return
  }
  const req = await localRequest(payload)
  await withinPatience(async () => handler.handle({ event, payload, req }), `Handler "${name}" of ${event.name}`)
})

export const eventsWork = {
  tasks: { 'handle-event': handleEvent },
  overdue: [lostErrands('handle-event')],
} satisfies Work
