import { hasScope } from '../oauth/scopes'
import type { AccessRole, StoredCalendar } from '../records'
import { notFound, Refusal } from '../refusal'
import type { World } from '../world'

const ranks: Record<AccessRole, number> = { freeBusyReader: 0, reader: 1, writer: 2, owner: 3 }

export const isAtLeast = (role: AccessRole, wanted: AccessRole): boolean => ranks[role] >= ranks[wanted]

/** What somebody may do with a calendar; undefined when it does not exist for them. */
export const roleOf = (calendar: StoredCalendar, email: string): AccessRole | undefined =>
  calendar.owner === email ? 'owner' : calendar.sharedWith[email]

export type OpenCalendar = { calendar: StoredCalendar; role: AccessRole }

/** The calendar of that id as one person has it; `primary` is their own. */
export const findCalendar = (world: World, email: string, id: string): OpenCalendar | undefined => {
  const calendar = world.tables.calendars.get(id === 'primary' ? email : id)
  const role = calendar && roleOf(calendar, email)
  return role && { calendar, role }
}

const missingAccess: Record<AccessRole, string> = {
  freeBusyReader: 'access',
  reader: 'reader access',
  writer: 'writer access',
  owner: 'owner access',
}

/** @throws Refusal 404 when there is no such calendar for the caller, 403 when they may not do that. */
export const openCalendar = (
  world: World,
  caller: { email: string; scopes: readonly string[] },
  id: string,
  wanted: AccessRole,
): OpenCalendar => {
  const found = findCalendar(world, caller.email, id)
  if (!found) throw notFound()
  // Narrower scopes reach the caller's own calendars alone.
  const reachesAll = hasScope(caller.scopes, [
    'calendar',
    'calendar.readonly',
    'calendar.events',
    'calendar.events.readonly',
    'calendar.events.freebusy',
    'calendar.calendars',
    'calendar.calendars.readonly',
    'calendar.calendarlist',
    'calendar.calendarlist.readonly',
  ])
  if (!isAtLeast(found.role, wanted) || (!reachesAll && found.role !== 'owner')) {
    throw new Refusal({
      status: 403,
      domain: 'calendar',
      reason: 'requiredAccessLevel',
      message: `You need to have ${missingAccess[wanted]} to this calendar.`,
    })
  }
  return found
}
