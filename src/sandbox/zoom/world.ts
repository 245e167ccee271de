import { randomBytes, randomInt } from 'node:crypto'
import { createSandboxWorld, nowOf, type SandboxWorld } from '../shared/sandbox-world'
import type { ZoomFault } from './faults'
import type { StoredEvent, StoredMeeting, StoredUser, ZoomRecords } from './records'
import { noSuchMeeting, noSuchUser } from './refusal'

export { nowOf }

export type ZoomApp = { accountId: string; clientId: string; clientSecret: string }

/** The sandbox while it runs: what it knows, its clock and its knobs. One for each running sandbox. */
export type World = SandboxWorld<ZoomRecords, ZoomFault> & {
  app: ZoomApp
  knobs: {
    /** How long an access token is good, ms. */
    tokenLifetime: number
  }
  /** Set by the notifier. */
  onEvent: (event: StoredEvent) => void
}

export const createWorld = (options: Pick<World, 'store' | 'url' | 'app'>): World => ({
  ...createSandboxWorld(options),
  app: options.app,
  knobs: { tokenLifetime: 3_599_000 },
  onEvent: () => undefined,
})

/** `2027-01-04T09:00:00Z`: Zoom writes no milliseconds. */
export const toZoomTime = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`

export const newToken = (bytes = 32): string => randomBytes(bytes).toString('base64url')

/** As Zoom makes them: slashes may be in it, for which a path has to encode it twice. */
export const newUuid = (): string => randomBytes(16).toString('base64')

/** Eleven digits. */
export const newMeetingId = (): number => randomInt(80_000_000_000, 90_000_000_000)

/** The user of that id or email address; `me` is the owner of the account, who was there first. @throws Refusal */
export const mustFindUser = (world: World, id: string): StoredUser => {
  const users = [...world.tables.users.values()]
  const found = id === 'me' ? users[0] : users.find((user) => user.id === id || user.email === id.toLowerCase())
  if (!found) throw noSuchUser(id)
  return found
}

/** @throws Refusal */
export const mustFindMeeting = (world: World, id: string | number): StoredMeeting => {
  const meeting = world.tables.meetings.get(String(id))
  if (!meeting) throw noSuchMeeting(String(id))
  return meeting
}
