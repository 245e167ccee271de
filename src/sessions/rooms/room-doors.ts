import { type ActorRole, sideOfRole } from '#shared/actor'
import { deriveToken, isSameSecret } from '#shared/ids'
import { namesOf } from '#shared/state-table'

/** `side`: who is noted as there by entering through it; null: nobody. `asHost`: it opens the room as its host where the provider has such a way. */
type Door = { side: 'customer' | 'consultant' | null; asHost: boolean }

/**
 * The links into the room of a session, each with a key of its own.
 * - `session-calendar` stands in the consultant's calendar, which others may be able to read: it is the consultant's, but makes nobody the host.
 * - `session-visit` is what staff are shown: they look into a room without being taken for one of its two sides.
 */
export const roomDoors = {
  'session-join': { side: 'customer', asHost: false },
  'session-host': { side: 'consultant', asHost: true },
  'session-calendar': { side: 'consultant', asHost: false },
  'session-visit': { side: null, asHost: false },
} as const satisfies Record<string, Door>

export type RoomDoor = keyof typeof roomDoors

const doorNames = namesOf(roomDoors)

const doorOfSide = { customer: 'session-join', consultant: 'session-host', operations: 'session-visit' } as const

/** The link of whoever looks at a session; without a role it is the customer's, who needs no login. */
export const doorOfRole = (role: ActorRole = 'customer'): RoomDoor => doorOfSide[sideOfRole(role)]

/** Which door a key opens; undefined for a wrong one. */
export const doorOfKey = ({
  key,
  reference,
  secret,
}: {
  key: string
  reference: string
  secret: string
}): RoomDoor | undefined => doorNames.find((door) => isSameSecret(key, deriveToken(secret, door, reference)))
