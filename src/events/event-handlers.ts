import type { Payload, PayloadRequest } from 'payload'
import type { ErrorCode } from '#shared/errors'
import type { DomainEvent, DomainEventName } from './domain-events'

type Handle<Name extends DomainEventName> = (args: {
  event: DomainEvent<Name>
  payload: Payload
  /** Before the commit it is in the transaction; hand it to every call of the Local API. After it, it has none. */
  req: PayloadRequest
}) => unknown

/**
 * What follows an event. `after commit`, as a plain function is: a job of its own, at least once, tried again on its own while it fails. `before
 * commit`: in the transaction, as its last thing; a `DomainError` that it throws refuses everything that the transaction was to do.
 */
export type DomainEventHandler<Name extends DomainEventName> =
  | Handle<Name>
  | (Named & { when: 'after commit'; handle: Handle<Name> })
  | (Named & {
      when: 'before commit'
      handle: Handle<Name>
      /** The codes that it refuses with besides `conflict` and `invalid_request`, so that the document of the API lists them. */
      refuses?: readonly ErrorCode[]
    })

/** Under which its jobs wait, so it stays the same over the versions; its place in the list, from 1, unless told otherwise. */
type Named = { name?: string }

/** Handlers by the event that they follow. */
export type DomainEventHandlers = {
  readonly [Name in DomainEventName]?: DomainEventHandler<Name> | readonly DomainEventHandler<Name>[]
}

type Registered = {
  name: string
  when: 'before commit' | 'after commit'
  handle: Handle<DomainEventName>
  refuses?: readonly ErrorCode[]
}

let registered: ReadonlyMap<string, readonly Registered[]> = new Map()

/**
 * Sets who follows which event, instead of those that were set before. The composition does it once, before anything is served.
 * @param known every event that there is.
 * @throws Error for an event that there is not, and for two handlers of one name.
 */
export const setEventHandlers = (
  handlers: DomainEventHandlers,
  known: Readonly<Record<DomainEventName, unknown>>,
): void => {
  const unknown = Object.keys(handlers).find((name) => !Object.hasOwn(known, name))
  if (unknown !== undefined) {
    throw new Error(`There is no event "${unknown}" to follow. There are: ${Object.keys(known).join(', ')}.`)
  }
  registered = new Map(
    Object.entries(handlers).map(([event, those]): [string, Registered[]] => {
      // What stands under the name of an event is called with events of that name alone.
      const list = (Array.isArray(those) ? those : [those]) as DomainEventHandler<DomainEventName>[]
      const named = list.map(register)
      const double = named.find(({ name }, place) => named.findIndex((other) => other.name === name) !== place)
      if (double) throw new Error(`Two handlers of ${event} are called "${double.name}". Give each a name of its own.`)
      return [event, named]
    }),
  )
}

const register = (handler: DomainEventHandler<DomainEventName>, place: number): Registered => {
  const name = String(place + 1)
  return typeof handler === 'function' ? { name, when: 'after commit', handle: handler } : { name, ...handler }
}

/** Those who follow an event, in their order. */
export const handlersOf = (event: DomainEventName): readonly Registered[] => registered.get(event) ?? []

/** Whether anything is done after a commit. */
export const hasJobsOfEvents = (): boolean =>
  [...registered.values()].some((handlers) => handlers.some(({ when }) => when === 'after commit'))

/** With what handlers before the commit refuse; any write can be one that they follow. */
export const refusalsOfHandlers = (): ErrorCode[] => [
  ...new Set([...registered.values()].flat().flatMap(({ refuses = [] }) => refuses)),
]
