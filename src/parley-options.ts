import type { CollectionConfig, GlobalConfig, Plugin } from 'payload'
import type { CalendarProvider } from '#calendar/calendar-provider'
import type { AdminAdditions } from '#composition/compose-admin'
import type { ChangedOrNew } from '#composition/compose-entities'
import type { DomainEventHandlers } from '#events/event-handlers'
import type { MessageOptions } from '#notifications/extend-messages'
import type { RoomProvider } from '#meetings/room-provider'
import type { Operation } from '#endpoints/support/operation'

/** What an installation adds to the product or changes in it. `docs/extending.md` tells each with an example. */
export type ParleyOptions = MessageOptions & {
  /**
   * Collections by their slug. A function changes the product's: it gets the standard one and returns it with more fields, hooks and the like. A
   * configuration is a new one. What it does not grant in `access` is staff's alone, and so is an added field.
   */
  collections?: Readonly<Record<string, ChangedOrNew<CollectionConfig>>>
  /** The same for globals. */
  globals?: Readonly<Record<string, ChangedOrNew<GlobalConfig>>>
  /** Operations made by `defineEndpoint` or `defineCommand`: checked, limited and described in the OpenAPI document like the product's. */
  endpoints?: readonly Operation[]
  /** Pages, widgets and links of the admin. */
  admin?: AdminAdditions
  /** Where sessions can be held besides Jitsi, Zoom, Google Meet and a consultant's own link. Each name needs a migration of yours. */
  meetings?: readonly RoomProvider[]
  /** Kinds of calendars that consultants can connect, beside Google's and calendar files. Each name needs a migration of yours. */
  calendars?: readonly CalendarProvider[]
  /**
   * What follows an event, by its name: a function, which becomes a job of its own after the commit, or a handler that says when it runs and how
   * it is called. `docs/generated/events.md` lists the events.
   */
  on?: DomainEventHandlers
  /** Plugins of Payload. What they add is guarded as well; their plain endpoints get a rate limit, a bound of the body and our refusals. */
  plugins?: readonly Plugin[]
}
