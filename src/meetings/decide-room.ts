import type { RoomRow } from './room-queries'
import { minuteMs } from '#shared/time'

/** People may be on their way into the room from so long before the start; it is not exchanged any more. */
export const settledBeforeMs = 15 * minuteMs

export type RoomDecision =
  /** All is as it is wanted. */
  | { do: 'nothing' }
  /** There is nothing to ask the provider for. */
  | { do: 'note' }
  | { do: 'create' | 'find-or-create' | 'find-and-remove' }
  | { do: 'move' | 'remove'; meetingId: string }

/**
 * What is next for a room at a provider. A session always has a room that follows from the booking alone; one that the provider
 * has not made by the time that people come together is not made any more, so nobody waits in the wrong one.
 * @param args.session `live`: it is to take place; `called_off`: it is not; `held`: it has.
 * @param args.now, args.startsAt epoch ms.
 */
export const decideRoom = ({
  room,
  session,
  startsAt,
  now,
}: {
  room: Pick<RoomRow, 'desiredVersion' | 'deliveredVersion' | 'meetingId' | 'tries'>
  session: 'live' | 'called_off' | 'held'
  startsAt: number
  now: number
}): RoomDecision => {
  const { meetingId } = room
  if (room.deliveredVersion >= room.desiredVersion) return { do: 'nothing' }
  if (session === 'held') return { do: 'note' }
  // A try of which it is not known what came of it may have made one.
  const wasTried = room.tries > 0
  if (session === 'live') {
    if (meetingId !== null) return { do: 'move', meetingId }
    if (now < startsAt - settledBeforeMs) return { do: wasTried ? 'find-or-create' : 'create' }
  }
  if (meetingId !== null) return { do: 'remove', meetingId }
  return { do: wasTried ? 'find-and-remove' : 'note' }
}
