import { describe, expect, it } from 'vitest'
import { boundCalendarProvider } from '#calendar/bound-calendar-provider'
import { CalendarError } from '#calendar/calendar-error'
import type { CalendarProvider } from '#calendar/calendar-provider'

const never = () => new Promise<never>(() => undefined)
const caller = { credential: 'secret' }

const providerWith = (more: Partial<CalendarProvider>): CalendarProvider =>
  ({
    name: 'almanac',
    label: 'Almanac',
    access: { is: 'secret' },
    listCalendars: null,
    freeBusy: null,
    whole: null,
    channels: null,
    isAskedLive: false,
    entries: null,
    events: null,
    ...more,
  }) as CalendarProvider

describe('a calendar provider of an installation', () => {
  it('that does not answer is not waited for', async () => {
    const hanging = boundCalendarProvider(
      providerWith({
        access: { is: 'tokens', refresh: never, revoke: never },
        listCalendars: never,
        whole: { read: never },
        events: { readPage: never },
        entries: { room: null, create: never, get: never, change: never, remove: never },
      }),
      10,
    )
    const { access, entries, events, listCalendars } = hanging
    const calls = [
      listCalendars?.(caller),
      entries?.get(caller, 'mine', 'x'),
      events?.readPage(caller, 'mine', { since: 'x', page: null }),
      access.is === 'tokens' ? access.refresh('x') : undefined,
      access.is === 'tokens' ? access.revoke?.('x') : undefined,
    ]
    for (const call of calls) {
      await expect(call).rejects.toMatchObject({ name: 'CalendarError', outcome: 'unknown' })
    }
    await expect(hanging.listCalendars?.({ ...caller, timeoutMs: 5 })).rejects.toThrow('within 0.005 seconds')
  })

  it('throws as the contract says, whatever it throws, and keeps its words to the log', async () => {
    const faults = [
      new Error('the password is hunter2'),
      'a text',
      undefined,
      new CalendarError('gone', { outcome: 'gone' }),
    ]
    for (const fault of faults) {
      const { listCalendars } = boundCalendarProvider(
        providerWith({
          listCalendars: () => {
            throw fault
          },
        }),
      )
      const told = fault instanceof CalendarError ? fault : { message: 'Almanac failed.', outcome: 'unknown' }
      await expect(listCalendars?.(caller)).rejects.toMatchObject(told)
    }
  })

  it('may be an object with methods', async () => {
    class Almanac {
      readonly name = 'almanac'
      readonly label = 'Almanac'
      readonly access = { is: 'secret' } as const
      readonly freeBusy = null
      readonly whole = null
      readonly channels = null
      readonly isAskedLive = false
      readonly entries = null
      readonly events = null
      readonly #calendars = [{ calendarId: 'a', name: 'A', timeZone: 'UTC', isPrimary: true, isWritable: false }]
      async listCalendars() {
        return this.#calendars
      }
    }
    expect(await boundCalendarProvider(new Almanac()).listCalendars?.(caller)).toHaveLength(1)
  })

  it('is refused where it would be asked for ever', () => {
    const freeBusy = { mostCalendars: 10, mostDays: 0, read: never }
    expect(() => boundCalendarProvider(providerWith({ freeBusy }))).toThrow('at least one calendar and one day')
  })
})
