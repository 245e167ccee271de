import type { Payload } from 'payload'
import type { DomainEvent, DomainEventName } from '#events/domain-events'
import type { DomainEventHandlers } from '#events/event-handlers'
import { cleanUpLater } from './clean-up'
import type { TestDatabase } from './database'
import { runDueJobs } from './jobs'

/** As if the installation followed these events, until something else is followed or the file has ended. */
export const followEvents = async (handlers: DomainEventHandlers): Promise<void> => {
  const [{ setEventHandlers }, { domainEvents }] = await Promise.all([
    import('#events/event-handlers'),
    import('#all-domain-events'),
  ])
  setEventHandlers(handlers, domainEvents)
  cleanUpLater(() => setEventHandlers({}, domainEvents))
}

export type Recorder = {
  /** What was announced since the last time of what has one of these ids or references, in the order of the jobs. */
  take: (...named: string[]) => Promise<DomainEventName[]>
  /** Everything that was heard so far. */
  all: () => Promise<DomainEvent[]>
}

/** Follows everything, and writes down what it hears after the commit. */
export const recordEvents = async ({
  payload,
  database,
}: {
  payload: Payload
  database: TestDatabase
}): Promise<Recorder> => {
  const { domainEvents } = await import('#all-domain-events')
  const heard: DomainEvent[] = []
  const taken = new Set<DomainEvent>()
  const record = ({ event }: { event: DomainEvent }) => heard.push(event)
  await followEvents(Object.fromEntries(Object.keys(domainEvents).map((name) => [name, record])))
  const all = async () => {
    await runDueJobs(payload, database, { only: ['handle-event'] })
    return heard
  }
  return {
    all,
    take: async (...named) => {
      const news = (await all()).filter(
        (event) => !taken.has(event) && Object.values(event.data).some((value) => named.includes(value)),
      )
      for (const event of news) taken.add(event)
      return news.map(({ name }) => name)
    },
  }
}
