import type { RoomProvider } from '#meetings/room-provider'

/** What an installation adds to the product or changes in it. `docs/extending.md` tells each with an example. */
export type ParleyOptions = {
  /** Where sessions can be held besides Jitsi, Zoom, Google Meet and a consultant's own link. Each name needs a migration of yours. */
  meetings?: readonly RoomProvider[]
}
