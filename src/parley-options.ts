import type { DomainEventHandlers } from '#events/event-handlers'
import type { RoomProvider } from '#meetings/room-provider'

/** What an installation adds to the product or changes in it. `docs/extending.md` tells each with an example. */
export type ParleyOptions = {
  /** Where sessions can be held besides Jitsi, Zoom, Google Meet and a consultant's own link. Each name needs a migration of yours. */
  meetings?: readonly RoomProvider[]
  /**
   * What follows an event, by its name: a function, which becomes a job of its own after the commit, or a handler that says when it runs and how
   * it is called. `docs/generated/events.md` lists the events.
   */
  on?: DomainEventHandlers
}
