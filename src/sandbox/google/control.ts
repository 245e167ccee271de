import type { DeliveryFault, DeliveryRecord, ReleaseOrder } from '../shared/delivery-queue'
import { callControl } from '../shared/common-control'
import { advanceClock } from '../shared/sandbox-world'
import { addAccount, addCalendar, type NewCalendar, type Person } from './calendars/add-calendar'
import { eventInput } from './events/event-schema'
import { mustFindEvent } from './events/find-event'
import { presentEvent } from './events/present-event'
import { saveEvent } from './events/save-event'
import { deleteEvent, insertEvent, patchEvent } from './events/write-event'
import type { Notification, Notifier } from './notifications/notifier'
import { answerAuthorization, type Consent } from './oauth/answer-authorization'
import { readAuthorizationRequest } from './oauth/authorization-request'
import { canonicalScope } from './oauth/scopes'
import { issueAccessToken, issueRefreshToken, withdrawGrant } from './oauth/tokens'
import type { AccessRole, EventBody, EventTime, StoredCalendar, StoredChannel } from './records'
import { notFound } from './refusal'
import { settleConference, settleDue } from './settle-due'
import { parseBody } from './api/parse-call'
import { eventsOf, nowOf, type SentInvitation, type World } from './world'

/** The pieces of a running sandbox. */
export type Running = { world: World; notifier: Notifier; writeLater: () => Promise<void> }

/** A date, an instant, or a wall-clock time of the calendar's zone. */
export type When = string | EventTime

/** An event as a person enters it; more of it as the API names it. */
export type NewEvent = Omit<EventBody, 'start' | 'end'> & { start: When; end: When }

export type GoogleSandboxControl = ReturnType<typeof createControl>

const toTime = (when: When, calendar: StoredCalendar): EventTime => {
  if (typeof when !== 'string') return when
  if (/^\d{4}-\d\d-\d\d$/.test(when)) return { date: when }
  const dateTime = /T\d\d:\d\d$/.test(when) ? `${when}:00` : when
  return { dateTime, timeZone: calendar.timeZone }
}

/**
 * The knobs of the sandbox for tests and for its own pages: what people do in their calendars, and what goes wrong. Those
 * that name something throw a `Refusal` when there is none.
 */
export const createControl = ({ world, notifier, writeLater }: Running) => {
  /** Carries out one change, and has it written down where there is a file. */
  const change = <T>(what: () => T): T => {
    settleDue(world)
    const result = what()
    void writeLater()
    return result
  }
  const mustHave = (calendarId: string): StoredCalendar => {
    const calendar = world.tables.calendars.get(calendarId)
    if (!calendar) throw notFound(`There is no calendar ${calendarId}.`)
    return calendar
  }
  const placeOf = (calendarId: string) => {
    const calendar = mustHave(calendarId)
    return {
      calendar,
      writer: { email: calendar.owner },
      options: { conferenceDataVersion: 1, sendUpdates: 'none' as const },
    }
  }
  const present = (calendarId: string, eventId: string): EventBody => {
    const { timeZone } = mustHave(calendarId)
    return presentEvent(mustFindEvent(world, calendarId, eventId), { role: 'owner', timeZone })
  }
  const changeEvent = (calendarId: string, eventId: string, patch: EventBody): EventBody =>
    change(() => {
      const place = placeOf(calendarId)
      patchEvent(world, place, { before: mustFindEvent(world, calendarId, eventId), patch })
      return present(calendarId, eventId)
    })
  const setCalendar = (calendarId: string, changes: Partial<StoredCalendar>): void =>
    change(() => world.tables.calendars.put(calendarId, { ...mustHave(calendarId), ...changes }))

  return {
    ...callControl(world),
    /** Epoch ms by the sandbox's clock. */
    now: (): number => nowOf(world),
    /** Lets time pass; what is due by then happens now. */
    advanceClock: (ms: number): void =>
      change(() => {
        advanceClock(world, ms)
        settleDue(world)
      }),

    people: (): Person[] => [...world.tables.accounts.values()],
    /** Somebody more to choose on the consent page, with a primary calendar. */
    addPerson: (person: Person): void => change(() => addAccount(world, person)),
    calendars: (owner?: string): StoredCalendar[] =>
      [...world.tables.calendars.values()].filter((calendar) => !owner || calendar.owner === owner),
    /** @returns the new calendar's id. */
    addCalendar: (calendar: NewCalendar): string => change(() => addCalendar(world, calendar)),
    setCalendarZone: (calendarId: string, timeZone: string): void => setCalendar(calendarId, { timeZone }),
    /** `null` takes the access away. */
    shareCalendar: (calendarId: string, email: string, role: AccessRole | null): void =>
      change(() => {
        const calendar = mustHave(calendarId)
        const others = Object.entries(calendar.sharedWith).filter(([other]) => other !== email)
        const sharedWith = Object.fromEntries(role ? [...others, [email, role]] : others)
        world.tables.calendars.put(calendarId, { ...calendar, sharedWith })
      }),
    /** Free/busy queries answer with this error for the calendar, for example `internalError`; `null` = no more. */
    breakFreeBusy: (calendarId: string, reason: string | null): void => setCalendar(calendarId, { busyError: reason }),
    /** Every sync token of the calendar that was given so far is refused with 410. */
    expireSyncTokens: (calendarId: string): void =>
      change(() => {
        const calendar = mustHave(calendarId)
        world.tables.calendars.put(calendarId, { ...calendar, syncGeneration: calendar.syncGeneration + 1 })
      }),
    /** The most entries that a page of a list has from now on. */
    limitPages: (entries: number): void => void (world.knobs.pageLimit = entries),

    /**
     * A person answers the consent page at that address.
     * @returns where their browser goes then. @throws Error when the page would show a fault instead.
     */
    answerConsent: (authorizationUrl: string, consent: Consent): string =>
      change(() => {
        const read = readAuthorizationRequest(world, new URL(authorizationUrl).searchParams)
        if ('fault' in read) throw new Error(`${read.fault.code}: ${read.fault.message}`)
        if (consent.decision === 'allow' && !world.tables.accounts.get(consent.email)) {
          throw notFound(`There is no person ${consent.email}.`)
        }
        return answerAuthorization(world, read.request, consent)
      }),
    /** Tokens as after a consent, without going through it. */
    grantAccess: (email: string, scopes: readonly string[]): { accessToken: string; refreshToken: string } =>
      change(() => {
        if (!world.tables.accounts.get(email)) throw notFound(`There is no person ${email}.`)
        const holder = { email, scopes: scopes.map(canonicalScope), isOffline: true }
        world.tables.grants.put(email, { email, scopes: holder.scopes })
        return {
          accessToken: issueAccessToken(world, holder).token,
          refreshToken: issueRefreshToken(world, holder).token,
        }
      }),
    /** A person takes back what they allowed: every token ends, and the next refresh is `invalid_grant`. */
    withdrawAccess: (email: string): void => change(() => withdrawGrant(world, email)),
    /** Access tokens end now; refresh tokens stay good. */
    expireAccessTokens: (): void =>
      change(() => {
        for (const token of [...world.tables.accessTokens.keys()]) world.tables.accessTokens.delete(token)
      }),
    setAccessTokenLifetime: (ms: number): void => void (world.knobs.accessTokenLifetime = ms),
    /** From now on every refresh brings a new refresh token, and the old one is of no use. */
    rotateRefreshTokens: (rotates = true): void => void (world.knobs.rotatesRefreshTokens = rotates),

    /** The events of a calendar as its owner sees them, deleted ones among them; series are not expanded. */
    events: (calendarId: string): EventBody[] => {
      return [...eventsOf(world, calendarId)].map(({ id }) => present(calendarId, id))
    },
    /** One event, or one occurrence of a series. */
    event: (calendarId: string, eventId: string): EventBody => present(calendarId, eventId),
    /** The owner of the calendar enters an event, or is invited to one when it has another organizer. */
    addEvent: (calendarId: string, event: NewEvent): EventBody =>
      change(() => {
        const place = placeOf(calendarId)
        const { start, end } = { start: toTime(event.start, place.calendar), end: toTime(event.end, place.calendar) }
        const type = event.eventType === 'fromGmail' ? 'default' : event.eventType
        const stored = insertEvent(world, place, parseBody(eventInput, { ...event, start, end, eventType: type }))
        if (event.organizer || event.creator || event.eventType === 'fromGmail') {
          const { organizer = stored.body.organizer, creator = organizer, eventType } = event
          saveEvent(world, {
            ...stored,
            body: { ...stored.body, organizer, creator, ...(eventType ? { eventType } : {}) },
          })
        }
        return present(calendarId, stored.id)
      }),
    /** Puts an event into the calendar as it is, whatever is wrong with it. Its times have to be dates or UTC instants. */
    plantEvent: (calendarId: string, body: EventBody & { id: string }): void =>
      change(() => {
        const now = new Date(nowOf(world)).toISOString()
        const { owner } = mustHave(calendarId)
        const self = { email: owner, self: true }
        saveEvent(world, {
          calendarId,
          id: body.id,
          body: { status: 'confirmed', created: now, updated: now, creator: self, organizer: self, ...body },
          conferenceDueAt: null,
        })
      }),
    /** The owner changes fields of an event, or of one occurrence of a series; `null` removes one. */
    changeEvent,
    moveEvent: (calendarId: string, eventId: string, to: { start: When; end: When }): EventBody => {
      const calendar = mustHave(calendarId)
      // What the time was is removed, so that a whole day can become an hour.
      const replaced = (when: When) => ({ date: null, dateTime: null, ...toTime(when, calendar) })
      return changeEvent(calendarId, eventId, { start: replaced(to.start), end: replaced(to.end) })
    },
    retitleEvent: (calendarId: string, eventId: string, summary: string): EventBody =>
      changeEvent(calendarId, eventId, { summary }),
    /** Deletes an event, a series, or one occurrence of a series. */
    deleteEvent: (calendarId: string, eventId: string): void =>
      change(() => {
        mustHave(calendarId)
        deleteEvent(world, mustFindEvent(world, calendarId, eventId), 'none')
      }),
    /** Takes an event out of the bin. */
    restoreEvent: (calendarId: string, eventId: string): EventBody =>
      changeEvent(calendarId, eventId, { status: 'confirmed' }),
    /** The owner answers an invitation; without one the event gets them as its guest. */
    respondToEvent: (
      calendarId: string,
      eventId: string,
      responseStatus: 'accepted' | 'declined' | 'tentative' | 'needsAction',
    ): EventBody => {
      const { owner } = mustHave(calendarId)
      const attendees = mustFindEvent(world, calendarId, eventId).body.attendees ?? []
      const others = attendees.filter((attendee) => attendee.email !== owner)
      return changeEvent(calendarId, eventId, { attendees: [...others, { email: owner, responseStatus }] })
    },

    /** What becomes of the next conference that is asked for; without this it is there at once. */
    nextConference: (outcome: 'pending' | 'failure'): void => void world.knobs.nextConferences.push(outcome),
    /** A conference that is being made is ready, or could not be made. */
    settleConference: (calendarId: string, eventId: string, outcome: 'success' | 'failure' = 'success'): void =>
      change(() => settleConference(world, mustFindEvent(world, calendarId, eventId), outcome)),

    /** The next notification that fits (its topic is the id of the channel) is dropped, doubled or late. */
    nextNotification: (fault: DeliveryFault): void => notifier.addFault(fault),
    clearFaults: (): void => {
      world.faults.clear()
      notifier.clearFaults()
    },
    /** Notifications wait from now on … */
    holdNotifications: (): void => notifier.hold(),
    /** … until they are let go, in this order. */
    releaseNotifications: (order?: ReleaseOrder): void => notifier.release(order),
    heldNotifications: (): number => notifier.heldCount(),
    /** Resolves when no notification is under way. */
    notificationsIdle: (): Promise<void> => notifier.idle(),
    /** Every attempt to bring a notification, the oldest first. */
    notifications: (): DeliveryRecord<Notification>[] => notifier.records(),
    channels: (calendarId?: string): StoredChannel[] =>
      [...world.tables.channels.values()].filter((channel) => !calendarId || channel.calendarId === calendarId),

    /** The mails that Google would have sent to guests. */
    invitations: (): SentInvitation[] => [...world.invitations],
  }
}
