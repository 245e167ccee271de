import { createHash } from 'node:crypto'
import type { AccessRole, StoredCalendar } from '../records'
import { invalid } from '../refusal'
import type { World } from '../world'
import { isTimeZone } from '../../shared/is-time-zone'

export type Person = {
  email: string
  name: string
  /** Default UTC. */
  timeZone?: string
}

export type NewCalendar = {
  owner: string
  summary: string
  /** Default: one that follows from owner and title. */
  id?: string
  /** Default: the owner's. */
  timeZone?: string
  sharedWith?: Record<string, AccessRole>
  isHidden?: boolean
}

/** @throws Refusal */
const put = (world: World, calendar: Omit<StoredCalendar, 'syncGeneration' | 'busyError'>): string => {
  if (!isTimeZone(calendar.timeZone)) throw invalid(`There is no time zone ${calendar.timeZone}.`)
  if (world.tables.calendars.get(calendar.id)) throw invalid(`There is a calendar ${calendar.id} already.`)
  world.tables.calendars.put(calendar.id, { ...calendar, syncGeneration: 1, busyError: null })
  return calendar.id
}

/** @returns the new calendar's id. @throws Refusal */
export const addCalendar = (world: World, { owner, summary, ...rest }: NewCalendar): string => {
  const account = world.tables.accounts.get(owner)
  if (!account) throw invalid(`There is no person ${owner}.`)
  const id = `c_${createHash('sha256').update(`${owner}\n${summary}`).digest('hex')}@group.calendar.google.com`
  return put(world, {
    id: rest.id ?? id,
    owner,
    summary,
    timeZone: rest.timeZone ?? account.timeZone,
    isPrimary: false,
    isHidden: rest.isHidden ?? false,
    sharedWith: rest.sharedWith ?? {},
  })
}

/** A person with a primary calendar; one who is there already stays as they are. @throws Refusal */
export const addAccount = (world: World, { email, name, timeZone = 'UTC' }: Person): void => {
  if (world.tables.accounts.get(email)) return
  put(world, { id: email, owner: email, summary: email, timeZone, isPrimary: true, isHidden: false, sharedWith: {} })
  const digits = BigInt(`0x${createHash('sha256').update(email).digest('hex').slice(0, 16)}`)
  const sub = `1${String(digits).padStart(20, '0')}`.slice(0, 21)
  world.tables.accounts.put(email, { email, name, sub, timeZone })
}
