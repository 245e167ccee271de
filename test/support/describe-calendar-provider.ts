import { createHash, randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import type { CalendarCaller, CalendarProvider, EntryDraft, EventCursor } from '#calendar/calendar-provider'
import type { ExternalEvent } from '#calendar/entries/external-event'
import { hourIn, iso } from './fixtures'

/** A provider, and what its world does. Its account has one calendar of its own, in Europe/Berlin. */
export type CalendarTarget = {
  provider: CalendarProvider
  /** Good for as long as the provider takes it. */
  caller: () => CalendarCaller
  calendarId: string
  /** Somebody enters an event: instants in ISO 8601, or whole days. @returns its id. */
  addEvent: (event: { start: string; end: string }) => string
  moveEvent: (id: string, times: { start: string; end: string }) => void
  retitleEvent: (id: string, title: string) => void
  deleteEvent: (id: string) => void
  titleOf: (id: string) => string
  /** Tokens that were given so far are not known any more. */
  forgetTokens: () => void
  /** The next call is one too many; the provider asks to wait for so many seconds. */
  limitNext: (seconds: number) => void
  /** The next call ends in a fault of the provider's. */
  failNext: () => void
  /** What opened the account does not any more, until it is asked for anew. */
  endCredentials: () => void
}

const hour = 3_600_000
const day = 24 * hour

/**
 * What every calendar provider holds to, against the real thing or its sandbox. Which parts are asked for follows from what the provider
 * brings; `groups` says which those are, so that none goes missing unseen.
 */
export const describeCalendarProvider = (
  name: string,
  groups: readonly ('lists' | 'entries' | 'events' | 'free-busy' | 'channels' | 'tokens')[],
  open: () => Promise<CalendarTarget>,
): void => {
  describe(`the calendar provider ${name}`, () => {
    let target: CalendarTarget

    beforeAll(async () => {
      target = await open()
    })

    const must = <Key extends 'listCalendars' | 'entries' | 'events' | 'freeBusy' | 'channels'>(key: Key) => {
      const group = target.provider[key]
      if (group === null) throw new Error(`${name} brings no ${key}.`)
      return group
    }

    const start = hourIn(9)
    const draft = (more: Partial<EntryDraft> = {}): EntryDraft => ({
      id: createHash('sha256').update(randomUUID()).digest('hex').slice(0, 40),
      sessionId: randomUUID(),
      title: 'Consultation – Ada',
      description: 'PY-1\nhttps://parley.example/join',
      location: 'https://parley.example/join',
      start,
      end: start + hour,
      roomRequest: null,
      ...more,
    })
    const create = async (more?: Partial<EntryDraft>) => {
      const made = draft(more)
      return { made, entry: await must('entries').create(target.caller(), target.calendarId, made) }
    }
    const get = (id: string) => must('entries').get(target.caller(), target.calendarId, id)

    /** Reads all pages. */
    const readAll = async (cursor: { from: number; until: number } | { since: string }) => {
      const events: ExternalEvent[] = []
      let next: EventCursor = { ...cursor, page: null }
      for (;;) {
        const page = await must('events').readPage(target.caller(), target.calendarId, next)
        events.push(...page.events)
        if (page.nextPage === null) return { events, token: page.nextToken ?? '' }
        // Where to go on is said by the last page alone.
        expect(page.nextToken).toBeNull()
        next = { ...cursor, page: page.nextPage }
      }
    }
    const window = () => ({ from: Date.now() - day, until: Date.now() + 60 * day })

    it('brings what it is said to bring', () => {
      const { provider } = target
      const brought = [
        provider.listCalendars && 'lists',
        provider.entries && 'entries',
        provider.events && 'events',
        provider.freeBusy && 'free-busy',
        provider.channels && 'channels',
        provider.access.is === 'tokens' ? 'tokens' : null,
      ].filter((one) => one !== null)
      expect(brought).toEqual(groups)
    })

    if (groups.includes('lists')) {
      it('lists the calendar of the account', async () => {
        const listed = await must('listCalendars')(target.caller())
        expect(listed).toContainEqual({
          calendarId: target.calendarId,
          name: expect.any(String),
          timeZone: 'Europe/Berlin',
          isPrimary: true,
          isWritable: true,
        })
      })
    }

    if (groups.includes('entries')) {
      it('makes an entry once, under the id that it is given', async () => {
        const { made, entry } = await create()
        const expected = {
          id: made.id,
          sessionId: made.sessionId,
          start: { at: made.start },
          end: { at: made.end },
          isCancelled: false,
          isBusy: true,
        }
        expect(entry).toMatchObject({ ...expected, version: expect.any(String) })
        expect(await get(made.id)).toMatchObject(expected)
        const again = must('entries').create(target.caller(), target.calendarId, made)
        await expect(again).rejects.toMatchObject({ outcome: 'id_taken' })
        expect(await get(draft().id)).toBeNull()
      })

      it('changes its times over the version that was read alone, and leaves the rest as it is', async () => {
        const { made, entry } = await create()
        target.retitleEvent(made.id, 'Mine')
        const times = { start: start + hour, end: start + 2 * hour, roomRequest: null }
        const stale = must('entries').change(target.caller(), target.calendarId, entry, times)
        await expect(stale).rejects.toMatchObject({ outcome: 'changed' })
        const present = await get(made.id)
        if (present === null) throw new Error('The entry is gone.')
        const changed = await must('entries').change(target.caller(), target.calendarId, present, times)
        expect(changed).toMatchObject({ start: { at: times.start }, end: { at: times.end }, sessionId: made.sessionId })
        expect(changed.version).not.toBe(present.version)
        expect(target.titleOf(made.id)).toBe('Mine')
      })

      it('removes the version that was read alone', async () => {
        const { made, entry } = await create()
        target.retitleEvent(made.id, 'Mine')
        const stale = must('entries').remove(target.caller(), target.calendarId, entry)
        await expect(stale).rejects.toMatchObject({ outcome: 'changed' })
        const present = await get(made.id)
        if (present === null) throw new Error('The entry is gone.')
        await must('entries').remove(target.caller(), target.calendarId, present)
        expect((await get(made.id))?.isCancelled ?? true).toBe(true)
        const again = must('entries').remove(target.caller(), target.calendarId, present)
        // Where deleted ones are kept, that is another version.
        await again.catch((error: unknown) => expect(error).toMatchObject({ outcome: 'changed' }))
      })

      it('finds an entry that a person moved or deleted', async () => {
        const { made } = await create()
        target.moveEvent(made.id, { start: iso(start + 3 * hour), end: iso(start + 4 * hour) })
        expect(await get(made.id)).toMatchObject({ start: { at: start + 3 * hour }, sessionId: made.sessionId })
        target.deleteEvent(made.id)
        expect((await get(made.id))?.isCancelled ?? true).toBe(true)
      })

      it('makes the room of an entry where it says so', async () => {
        const { made, entry } = await create({ roomRequest: 'one-room' })
        expect(entry.hasConference).toBe(must('entries').room !== null)
        if (must('entries').room === null) return
        expect((await get(made.id))?.conference).toMatchObject({
          state: 'ready',
          joinUrl: expect.stringMatching(/^https:/),
        })
      })
    }

    if (groups.includes('events')) {
      it('reads events from the beginning, page by page, and then what changed', async () => {
        const ids = [10, 11, 12, 13, 14].map((days) =>
          target.addEvent({ start: iso(hourIn(days)), end: iso(hourIn(days) + hour) }),
        )
        const wholeDay = iso(hourIn(15)).slice(0, 10)
        const wholeDayId = target.addEvent({ start: wholeDay, end: iso(hourIn(16)).slice(0, 10) })
        const first = await readAll(window())
        const byId = new Map(first.events.map((event) => [event.id, event]))
        expect(ids.map((id) => byId.get(id)?.start)).toEqual([10, 11, 12, 13, 14].map((days) => ({ at: hourIn(days) })))
        expect(byId.get(wholeDayId)).toMatchObject({ start: { date: wholeDay }, isBusy: true, sessionId: null })
        const nothing = await readAll({ since: first.token })
        expect(nothing.events).toEqual([])

        const [moved = '', deleted = ''] = ids
        target.moveEvent(moved, { start: iso(hourIn(20)), end: iso(hourIn(20) + hour) })
        target.deleteEvent(deleted)
        const added = target.addEvent({ start: iso(hourIn(21)), end: iso(hourIn(21) + hour) })
        const changes = await readAll({ since: nothing.token })
        const sorted = changes.events.map(({ id, isCancelled }) => [id, isCancelled]).sort()
        expect(sorted).toEqual(
          [
            [moved, false],
            [deleted, true],
            [added, false],
          ].sort(),
        )
        expect((await readAll({ since: changes.token })).events).toEqual([])
      })

      it('knows entries of its own by the id that was given', async () => {
        const { token } = await readAll(window())
        const { made } = await create()
        const { events } = await readAll({ since: token })
        expect(events).toMatchObject([{ id: made.id, sessionId: made.sessionId, start: { at: made.start } }])
      })

      it('says when a token is not known any more', async () => {
        const { token } = await readAll(window())
        target.forgetTokens()
        await expect(readAll({ since: token })).rejects.toMatchObject({ outcome: 'token_expired' })
        expect((await readAll(window())).token).not.toBe('')
      })
    }

    if (groups.includes('free-busy')) {
      it('says when a calendar is busy, and never that one is free of which it knows nothing', async () => {
        target.addEvent({ start: iso(hourIn(30)), end: iso(hourIn(30) + hour) })
        const asked = { start: hourIn(30) - hour, end: hourIn(30) + 2 * hour }
        const answer = await must('freeBusy').read(
          target.caller(),
          [target.calendarId, 'nobody@nowhere.example'],
          asked,
        )
        expect(answer.get(target.calendarId)).toEqual([{ start: hourIn(30), end: hourIn(30) + hour }])
        expect(answer.get('nobody@nowhere.example')).toEqual({ error: expect.any(String) })
      })
    }

    if (groups.includes('channels')) {
      it('opens a channel, and closes it as often as it is asked to', async () => {
        const channels = must('channels')
        const id = randomUUID()
        const opened = await channels.open(target.caller(), target.calendarId, {
          id,
          token: 'secret',
          address: `https://parley.example${channels.path}`,
          expiresAt: Date.now() + channels.lifetimeMs,
        })
        expect(channels.lifetimeMs).toBeGreaterThan(day)
        expect(opened.expiresAt).toBeGreaterThan(Date.now() + day)
        const channel = { id, resourceId: opened.resourceId }
        await channels.close(target.caller(), channel)
        await channels.close(target.caller(), channel)
      })
    }

    it('says how long to wait when there were too many calls, and what may have happened otherwise', async () => {
      target.limitNext(120)
      await expect(readAll(window())).rejects.toMatchObject({ outcome: 'retry', retryAfterSeconds: 120 })
      target.failNext()
      await expect(readAll(window())).rejects.toMatchObject({ outcome: 'unknown' })
    })

    it('says when its credentials are taken no more, and nothing of them', async () => {
      const caller = target.caller()
      target.endCredentials()
      const refused = must('listCalendars')(caller)
      await expect(refused).rejects.toMatchObject({ outcome: 'needs_reauth' })
      await refused.catch((error: unknown) => expect(String(error)).not.toContain(caller.credential))
      expect(await must('listCalendars')(target.caller())).not.toEqual([])
    })
  })
}
