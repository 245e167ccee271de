import { expect } from 'vitest'
import type { EventBody } from '#sandbox/google/records'
import { Refusal } from '#sandbox/google/refusal'
import { calendarTasks, connectionOf, consent, type Expert } from '../../support/calendar-world'
import { asOthers, Crashed, dieHere, isDoomed, killedAfter, type LeavingCall } from '../../support/crash'
import { guest, hourIn, iso } from '../../support/fixtures'
import { runJobsOnce } from '../../support/jobs'
import type { RestAnswer } from '../../support/rest-client'
import { type Booked, lookOf } from './booked'
import { expectAgreement, snapshotOf } from './expect-agreement'
import type { SyncWorld } from './sync-world'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** What people enter in their calendars. */
export const appointmentKinds = ['busy', 'free', 'declined', 'maybe', 'away', 'whole day', 'series'] as const
export type AppointmentKind = (typeof appointmentKinds)[number]

export const appointmentChanges = [
  'moved',
  'deleted',
  'restored',
  'made free',
  'made busy',
  'declined',
  'shortened to two times',
  'of its second time deleted',
  'of its third time moved',
] as const
export type AppointmentChange = (typeof appointmentChanges)[number]

/** What others do before a worker's call to write arrives, or after one to read was answered. */
export const meanwhiles = [
  'a person retitles the entry',
  'a person moves the entry',
  'a person deletes the entry',
  'the session is moved',
  'the session is cancelled',
  'late calls arrive',
  'the session is moved, and another worker writes that',
  'the session is cancelled, and another worker writes that',
] as const
export type Meanwhile = (typeof meanwhiles)[number]

export type Writing = 'events.insert' | 'events.update' | 'events.delete'
export type Reading = 'events.get' | 'events.list'
const writing: readonly string[] = ['events.insert', 'events.update', 'events.delete'] satisfies Writing[]

/** Refusals that a caller may well meet; anything else of the API is a fault of ours. */
const expected = new Set(['slot_taken', 'slot_not_offered', 'illegal_transition', 'outside_policy', 'conflict'])

type Row = { eventId: string; desired: number; delivered: number; isPlaced: boolean; isRead: boolean }

export type Setting = { zone: string; hasFamily: boolean; pageLimit: number }

let accounts = 0

/**
 * One history of sessions and of the calendar that they stand in: what its commands do, and what must be so at its end. Nothing happens by
 * itself: jobs run when a command lets them, notifications arrive when one lets them through.
 */
export class Sequence {
  readonly #world: SyncWorld
  readonly #expert: Expert
  readonly #setting: Setting
  readonly #base = hourIn(6, 8)
  readonly #sessions: Booked[] = []
  readonly #appointments: { calendarId: string; id: string; start: number }[] = []
  /** Entries that a person took out of the bin when the session had another one already, or none: their own appointments from then on. */
  readonly #copies = new Set<string>()
  readonly #titles = new Map<string, string>()
  readonly #proposals: { id: string; session: Booked }[] = []
  #family: string | undefined
  #keys = 0
  /** Calls that left a process before it was killed, and that Google has not had yet. */
  readonly #late: (() => Promise<unknown>)[] = []
  #diesIn: Writing | undefined
  #meanwhile: { operation: Writing | Reading; what: Meanwhile } | undefined

  constructor(world: SyncWorld, setting: Setting) {
    this.#world = world
    this.#setting = setting
    this.#expert = { ...world.expert, email: `account${++accounts}@google.example` }
  }

  get #control() {
    return this.#world.google.control
  }

  async #query<Found extends object>(text: string, values: unknown[] = []): Promise<Found[]> {
    return (await this.#world.pool.query<Found>(text, values)).rows
  }

  #session(index: number): Booked | undefined {
    return this.#sessions.length ? this.#sessions[index % this.#sessions.length] : undefined
  }

  /** The full hours at which sessions are booked. */
  #at(hours: number): number {
    return this.#base + hours * hour
  }

  /** The account is connected and read, with whatever worker does it. */
  async begin({ crash }: { crash: number | undefined }): Promise<void> {
    const { email, profile } = this.#expert
    const { zone, hasFamily, pageLimit } = this.#setting
    this.#world.around = (call) => this.#leave(call)
    this.#control.addPerson({ email, name: profile.name, timeZone: zone })
    if (hasFamily) this.#family = this.#control.addCalendar({ owner: email, summary: 'Family' })
    this.#control.limitPages(pageLimit)
    this.#control.holdNotifications()
    expect(await consent(this.#world, this.#expert)).toBe('connected')
    await this.work({ crash })
    if (crash !== undefined) await this.poll()
    if (!hasFamily) return
    const { id, calendars } = await connectionOf(this.#expert)
    const all: { id: string; isTarget: boolean }[] = calendars
    const [target] = all.filter(({ isTarget }) => isTarget)
    const chosen = await this.#expert.api.post(`/calendar/connections/${String(id)}/calendars`, {
      busy: all.map((one) => one.id),
      target: target?.id ?? null,
    })
    expect(chosen.status, chosen.text).toBe(200)
    await this.work()
  }

  /** As a process that is killed after so many steps, or one that lives. */
  async #inProcess<T>(steps: number | undefined, work: () => Promise<T>): Promise<T | undefined> {
    if (steps === undefined) return work()
    try {
      return await killedAfter(steps, work)
    } catch (error) {
      if (!(error instanceof Crashed)) throw error
      await this.#endLease()
      return undefined
    }
  }

  /** What a dead worker had reserved for itself is free after half a minute. */
  async #endLease(): Promise<void> {
    await this.#query(`UPDATE calendar_connections SET refreshing_until = NULL WHERE refreshing_until IS NOT NULL`)
  }

  #check({ status, json, text }: RestAnswer): void {
    if (status < 400) return
    expect(expected.has(json?.code), text).toBe(true)
  }

  async book({ at, crash }: { at: number; crash?: number | undefined }): Promise<void> {
    const start = this.#at(at)
    const body = {
      consultant: this.#expert.profile.slug,
      serviceType: this.#expert.serviceType.slug,
      start: iso(start),
      customer: guest(),
    }
    const headers = { 'Idempotency-Key': `${this.#expert.email}-${Date.now()}-${this.#keys++}` }
    const send = () => this.#world.api.post('/booking/sessions', body, headers)
    // What a client does that got no answer.
    const answer = (await this.#inProcess(crash, send)) ?? (await send())
    this.#check(answer)
    if (answer.status !== 201) return
    const reference: string = answer.json.session.reference
    const [row] = await this.#query<{ id: string }>(`SELECT id FROM scheduled_sessions WHERE reference = $1`, [
      reference,
    ])
    this.#sessions.push({
      id: row?.id ?? '',
      reference,
      url: `/booking/sessions/${reference}`,
      auth: { Authorization: `Bearer ${String(answer.json.manageToken)}` },
      status: 'scheduled',
      start,
      touch: undefined,
      wasTouched: false,
    })
  }

  async #command(session: Booked, path: string, body: object, crash: number | undefined): Promise<void> {
    const answer = await this.#inProcess(crash, () => this.#world.api.post(`${session.url}${path}`, body, session.auth))
    if (answer) this.#check(answer)
    await this.#note(session)
  }

  async move(index: number, { at, crash }: { at: number; crash?: number | undefined }): Promise<void> {
    const session = this.#session(index)
    if (!session || session.start === this.#at(at)) return
    await this.#command(session, '/reschedule', { start: iso(this.#at(at)) }, crash)
  }

  async cancel(index: number, { crash }: { crash?: number | undefined } = {}): Promise<void> {
    const session = this.#session(index)
    if (session) await this.#command(session, '/cancel', {}, crash)
  }

  /** Keeps what a command made of a session; from now on nothing else may change it. */
  async #note(session: Booked): Promise<void> {
    const [found] = await this.#query<{ status: string; start: number; isPlaced: boolean | null }>(
      `SELECT s.status, (extract(epoch FROM s.starts_at) * 1000)::float8 AS start, e.placed_at IS NOT NULL AS "isPlaced"
       FROM scheduled_sessions s LEFT JOIN calendar_events e ON e.scheduled_session_id = s.id WHERE s.id = $1`,
      [session.id],
    )
    if (!found) throw new Error('Sessions are never deleted.')
    // What a person did to an entry of which nobody knew yet whether it is there may be newer.
    if (found.start !== session.start && found.isPlaced) session.touch = undefined
    if (session.touch && (found.start !== session.start || found.status !== session.status))
      session.touch.isFirm = false
    Object.assign(session, { status: found.status, start: found.start })
  }

  async #row(session: Booked): Promise<Row | undefined> {
    const [row] = await this.#query<Row>(
      `SELECT e.event_id AS "eventId", e.desired_version::int AS desired, e.delivered_version::int AS delivered,
        e.placed_at IS NOT NULL AS "isPlaced", c.status = 'connected' AND c.listed_at IS NOT NULL AS "isRead"
       FROM calendar_events e JOIN calendar_connections c ON c.id = e.connection_id WHERE e.scheduled_session_id = $1`,
      [session.id],
    )
    return row
  }

  /** @returns whether Google let the person do that. */
  #asPerson(act: () => unknown): boolean {
    try {
      act()
      return true
    } catch (error) {
      if (error instanceof Refusal) return false
      throw error
    }
  }

  /** The entry of a session, the latest one if there were several. */
  #entryId(session: Booked, isLive: boolean): string | undefined {
    const entries = this.#control
      .events(this.#expert.email)
      .filter(({ extendedProperties }) => extendedProperties?.private?.parleySession === session.id)
    return entries.filter(({ status }) => (status !== 'cancelled') === isLive).at(-1)?.id ?? undefined
  }

  async #touch(session: Booked | undefined, isLive: boolean, act: (id: string) => unknown): Promise<void> {
    const eventId = session && this.#entryId(session, isLive)
    if (!session || eventId === undefined) return
    const row = await this.#row(session)
    if (!this.#asPerson(() => act(eventId))) return
    session.wasTouched = true
    if (row?.eventId !== eventId) {
      this.#copies.add(eventId)
      return
    }
    session.touch = {
      eventId,
      left: lookOf(this.#control.event(this.#expert.email, eventId)),
      isFirm: row.delivered === row.desired && row.isPlaced && row.isRead,
    }
  }

  #moveEntry(session: Booked | undefined, to: number | 'whole day'): Promise<void> {
    const date = iso(this.#base).slice(0, 10)
    const times =
      to === 'whole day'
        ? { start: date, end: iso(this.#base + day).slice(0, 10) }
        : { start: iso(this.#at(to)), end: iso(this.#at(to) + 30 * minute) }
    return this.#touch(session, true, (id) => this.#control.moveEvent(this.#expert.email, id, times))
  }

  async moveEntry(index: number, to: number | 'whole day' | 'back'): Promise<void> {
    const session = this.#session(index)
    if (session) await this.#moveEntry(session, to === 'back' ? (session.start - this.#base) / hour : to)
  }

  async deleteEntry(index: number): Promise<void> {
    await this.#deleteEntry(this.#session(index))
  }

  #deleteEntry(session: Booked | undefined): Promise<void> {
    return this.#touch(session, true, (id) => this.#control.deleteEvent(this.#expert.email, id))
  }

  async restoreEntry(index: number): Promise<void> {
    await this.#touch(this.#session(index), false, (id) => this.#control.restoreEvent(this.#expert.email, id))
  }

  retitleEntry(index: number): void {
    this.#retitleEntry(this.#session(index))
  }

  #retitleEntry(session: Booked | undefined): void {
    const eventId = session && this.#entryId(session, true)
    if (eventId === undefined) return
    const title = `Mine ${++this.#keys}`
    if (this.#asPerson(() => this.#control.retitleEvent(this.#expert.email, eventId, title))) {
      this.#titles.set(eventId, title)
    }
  }

  /** @param at half hours. */
  addAppointment(kind: AppointmentKind, at: number, isFamily: boolean): void {
    this.#addAppointment(kind, this.#base + at * 30 * minute, { isFamily, date: this.#base + day })
  }

  /** Somebody enters something at the time of a session. */
  getInTheWay(kind: AppointmentKind, index: number): void {
    const session = this.#session(index)
    if (session) this.#addAppointment(kind, session.start, { isFamily: false, date: session.start })
  }

  #addAppointment(kind: AppointmentKind, start: number, { isFamily, date }: { isFamily: boolean; date: number }): void {
    const calendarId = isFamily && kind !== 'away' ? (this.#family ?? this.#expert.email) : this.#expert.email
    const add = (more: Partial<EventBody> = {}) =>
      this.#control.addEvent(calendarId, {
        start: { dateTime: iso(start), timeZone: 'UTC' },
        end: { dateTime: iso(start + hour), timeZone: 'UTC' },
        summary: kind,
        ...more,
      })
    const invite = (answer: 'declined' | 'tentative') => {
      const invited = add({ organizer: { email: 'boss@google.example' } })
      return this.#control.respondToEvent(calendarId, invited.id ?? '', answer)
    }
    const added = {
      busy: () => add(),
      free: () => add({ transparency: 'transparent' }),
      declined: () => invite('declined'),
      maybe: () => invite('tentative'),
      away: () => add({ eventType: 'outOfOffice' }),
      'whole day': () =>
        this.#control.addEvent(calendarId, {
          start: iso(date).slice(0, 10),
          end: iso(date + day).slice(0, 10),
          summary: kind,
        }),
      series: () => add({ recurrence: ['RRULE:FREQ=DAILY;COUNT=4'] }),
    }[kind]()
    this.#appointments.push({ calendarId, id: added.id ?? '', start })
  }

  changeAppointment(index: number, how: AppointmentChange, at: number): void {
    const found = this.#appointments.length ? this.#appointments[index % this.#appointments.length] : undefined
    if (!found) return
    const { calendarId, id } = found
    const control = this.#control
    const start = this.#base + at * 30 * minute
    const to = (from: number) => ({ start: iso(from), end: iso(from + hour) })
    const stamp = (n: number) => `${id}_${iso(found.start + n * day).replace(/[-:]|\.000/g, '')}`
    const changes: Record<AppointmentChange, () => unknown> = {
      moved: () => {
        control.moveEvent(calendarId, id, to(start))
        found.start = start
      },
      deleted: () => control.deleteEvent(calendarId, id),
      restored: () => control.restoreEvent(calendarId, id),
      'made free': () => control.changeEvent(calendarId, id, { transparency: 'transparent' }),
      'made busy': () => control.changeEvent(calendarId, id, { transparency: 'opaque' }),
      declined: () => control.respondToEvent(calendarId, id, 'declined'),
      'shortened to two times': () => control.changeEvent(calendarId, id, { recurrence: ['RRULE:FREQ=DAILY;COUNT=2'] }),
      'of its second time deleted': () => control.deleteEvent(calendarId, stamp(1)),
      'of its third time moved': () => control.moveEvent(calendarId, stamp(2), to(start + 2 * day)),
    }
    this.#asPerson(changes[how])
  }

  async #differences(): Promise<{ id: string; reference: string; decisions: string[] }[]> {
    return (await this.#expert.api.get('/calendar/connections')).json.differences
  }

  /** The expert answers one of the questions that are open. */
  async decide(index: number, choice: number): Promise<void> {
    const open = await this.#differences()
    const difference = open.length ? open[index % open.length] : undefined
    const decision = difference?.decisions[choice % difference.decisions.length]
    const session = this.#sessions.find(({ reference }) => reference === difference?.reference)
    if (!difference || !decision || !session) return
    const answer = await this.#expert.api.post(`/calendar/differences/${difference.id}/decide`, { decision })
    expect(answer.status, answer.text).toBe(200)
    if (decision === 'put_back') session.touch = undefined
    if (decision === 'propose') this.#proposals.push({ id: difference.id, session })
    await this.#note(session)
  }

  /** A customer answers a proposal, which may not stand any more. */
  async answerProposal(index: number, answer: 'accept' | 'decline'): Promise<void> {
    const proposal = this.#proposals.length ? this.#proposals[index % this.#proposals.length] : undefined
    if (!proposal) return
    const [{ settings }, { deriveToken }] = await Promise.all([import('#settings'), import('#shared/ids')])
    const key = deriveToken(settings.payloadSecret, 'time-proposal', proposal.id)
    const { status, text } = await this.#world.api.post(`/booking/proposals/${proposal.id}?key=${key}&answer=${answer}`)
    expect(status, text).toBeLessThan(500)
    if (status === 200 && answer === 'decline') proposal.session.touch = undefined
    await this.#note(proposal.session)
  }

  /** The notifications that were held back arrive. */
  async notify(order: 'as_happened' | 'reversed'): Promise<void> {
    this.#control.releaseNotifications(order)
    await this.#control.notificationsIdle()
    this.#control.holdNotifications()
  }

  disturbNotifications(kind: 'drop' | 'duplicate'): void {
    this.#control.nextNotification({ kind, times: 3 })
  }

  failNext(fault: Parameters<SyncWorld['google']['control']['failNext']>[0]): void {
    this.#control.failNext(fault)
  }

  breakFreeBusy(): void {
    if (this.#family !== undefined) this.#control.breakFreeBusy(this.#family, 'internalError')
  }

  /** What Google does not know any more, or what its user takes back. */
  forget(what: 'access tokens' | 'sync tokens' | 'access'): void {
    if (what === 'access tokens') this.#control.expireAccessTokens()
    if (what === 'sync tokens') this.#control.expireSyncTokens(this.#expert.email)
    if (what === 'access') this.#control.withdrawAccess(this.#expert.email)
  }

  /** The expert connects the account again, after having disconnected it or not. */
  async connectAgain({
    isDisconnected,
    crash,
  }: {
    isDisconnected: boolean
    crash?: number | undefined
  }): Promise<void> {
    const connection = await connectionOf(this.#expert)
    if (isDisconnected && connection) {
      const answer = await this.#expert.api.post(`/calendar/connections/${String(connection.id)}/disconnect`)
      expect(answer.status, answer.text).toBe(200)
      await this.work({ crash })
    }
    await consent(this.#world, this.#expert)
    // Everything is written anew then.
    for (const { touch } of this.#sessions) if (touch) touch.isFirm = false
  }

  /** Jobs are gone, as those that failed too often; what the sweep has promised to find is all that is taken. */
  async loseJobs(): Promise<void> {
    await this.#query(
      `DELETE FROM graphile_worker._private_jobs
       WHERE locked_at IS NULL AND (key LIKE 'deliver-calendar-event:%' OR key LIKE 'sync-calendar:%')`,
    )
  }

  /** A worker does what is due; one that is killed leaves its job to the next one. */
  async work({ crash }: { crash?: number | undefined } = {}): Promise<void> {
    await runJobsOnce(this.#world.payload, this.#world.pool, { only: calendarTasks, crash })
    if (crash !== undefined) await this.#endLease()
  }

  /** A worker is killed when it has sent a call, which Google gets later. */
  async workAndDieIn(operation: Writing): Promise<void> {
    this.#diesIn = operation
    await this.work({ crash: Infinity })
    this.#diesIn = undefined
  }

  /** Something happens between what the next worker reads and what it makes of it. */
  meanwhile(operation: Writing | Reading, what: Meanwhile): void {
    this.#meanwhile = { operation, what }
  }

  async #leave({ operation, eventId, send }: LeavingCall): Promise<unknown> {
    if (this.#diesIn === operation && isDoomed()) {
      this.#diesIn = undefined
      this.#late.push(send)
      await dieHere()
    }
    if (this.#meanwhile?.operation !== operation) return send()
    const { what } = this.#meanwhile
    this.#meanwhile = undefined
    const happen = () => asOthers(() => this.#happen(what, eventId))
    if (writing.includes(operation)) {
      await happen()
      return send()
    }
    const answer = await send()
    await happen()
    return answer
  }

  async #happen(what: Meanwhile, eventId: string | undefined): Promise<void> {
    const [row] = await this.#query<{ id: string }>(
      `SELECT scheduled_session_id AS id FROM calendar_events WHERE event_id = $1`,
      [eventId ?? ''],
    )
    const index = Math.max(
      0,
      this.#sessions.findIndex(({ id }) => id === row?.id),
    )
    const session = this.#sessions[index]
    switch (what) {
      case 'a person retitles the entry':
        return this.#retitleEntry(session)
      case 'a person moves the entry':
        return this.#moveEntry(session, 6)
      case 'a person deletes the entry':
        return this.#deleteEntry(session)
      case 'the session is moved':
        return this.move(index, { at: 7 })
      case 'the session is cancelled':
        return this.cancel(index)
      case 'late calls arrive':
        return this.letLateCallsArrive()
      case 'the session is moved, and another worker writes that':
        await this.move(index, { at: 7 })
        return this.work()
      case 'the session is cancelled, and another worker writes that':
        await this.cancel(index)
        return this.work()
    }
  }

  /** Calls arrive that left a process before it was killed. */
  async letLateCallsArrive(): Promise<void> {
    for (const send of this.#late.splice(0)) await send().catch(() => undefined)
  }

  /** The pauses before the next try are over, and the next minute of polling has come. */
  async letTimePass(): Promise<void> {
    await this.#query(
      `UPDATE graphile_worker._private_jobs SET run_at = now() - interval '1 second', attempts = 0
       WHERE task_id IN (SELECT id FROM graphile_worker._private_tasks WHERE identifier = ANY($1))`,
      [calendarTasks],
    )
    await this.#query(`UPDATE connected_calendars SET next_sync_at = now() - interval '1 second'`)
    await this.#query(
      `UPDATE calendar_events SET next_attempt_at = now() - interval '2 minutes', updated_at = now() - interval '2 minutes'
       WHERE delivered_version < desired_version`,
    )
    await this.#endLease()
  }

  /** The sweep of the next minute, and what follows. */
  async poll({ crash }: { crash?: number | undefined } = {}): Promise<void> {
    await this.letTimePass()
    const { sweepCalendars } = await import('#calendar/connections/sweep-calendars')
    await this.#inProcess(crash, () => sweepCalendars(this.#world.payload))
    await this.work({ crash })
  }

  async #countJobs(): Promise<number> {
    const [row] = await this.#query<{ jobs: number }>(
      `SELECT count(*)::int AS jobs FROM graphile_worker._private_jobs
       WHERE task_id IN (SELECT id FROM graphile_worker._private_tasks WHERE identifier = ANY($1))`,
      [calendarTasks],
    )
    return row?.jobs ?? 0
  }

  #countWrites(): number {
    return this.#control.calls().filter(({ operation }) => writing.includes(operation)).length
  }

  /** Time goes on until a whole round changes nothing at Google and leaves nothing to do. */
  async #comeToRest(): Promise<void> {
    for (let round = 0; round < 8; round++) {
      this.#control.forgetCalls()
      await this.poll()
      if (!this.#countWrites() && !(await this.#countJobs())) return
    }
    throw new Error('It does not come to rest.')
  }

  /** @returns whether it was. */
  async #reconnectIfNeeded(): Promise<boolean> {
    const connection = await connectionOf(this.#expert)
    if (connection?.status === 'connected') return false
    await this.connectAgain({ isDisconnected: false })
    return true
  }

  /**
   * Lets everything come to its end without any fault, and looks whether both sides agree.
   * @param crash after how many steps the worker is killed that does the first of what is still to do.
   */
  async expectSound({ crash }: { crash: number | undefined }): Promise<void> {
    await this.work({ crash })
    this.#meanwhile = undefined
    this.#control.clearFaults()
    if (this.#family !== undefined) this.#control.breakFreeBusy(this.#family, null)
    await this.#reconnectIfNeeded()
    await this.#comeToRest()
    // A grant that was withdrawn shows itself when it is used.
    const isNew = await this.#reconnectIfNeeded()
    const isLate = this.#late.length > 0
    await this.letLateCallsArrive()
    if (isNew || isLate) await this.#comeToRest()
    const facts = {
      world: this.#world,
      expert: this.#expert,
      sessions: this.#sessions,
      copies: this.#copies,
      titles: this.#titles,
      from: this.#base,
    }
    const before = await snapshotOf(facts)
    await this.#query(`UPDATE connected_calendars SET rebuilt_at = now() - interval '25 hours'`)
    await this.#comeToRest()
    expect(await snapshotOf(facts), 'after everything was read from the beginning').toEqual(before)
    await expectAgreement(facts)
  }

  /** Removes everything, so that the next sequence does not look at it. */
  async putAway(): Promise<void> {
    this.#world.around = ({ send }) => send()
    this.#control.clearFaults()
    this.#control.limitPages(Infinity)
    const client = await this.#world.pool.connect()
    try {
      await client.query('BEGIN')
      await client.query('SET LOCAL session_replication_role = replica')
      for (const table of [
        'calendar_drifts',
        'calendar_events',
        'busy_times',
        'connected_calendars',
        'parley.calendar_channels',
        'calendar_connections',
        'graphile_worker._private_jobs',
      ]) {
        await client.query(`DELETE FROM ${table}`)
      }
      await client.query(`UPDATE scheduled_sessions SET status = 'completed' WHERE status = 'scheduled'`)
      await client.query(`UPDATE availability_slots SET status = 'released' WHERE status IN ('held', 'booked')`)
      await client.query('COMMIT')
    } finally {
      client.release()
    }
    await this.notify('as_happened')
  }
}
