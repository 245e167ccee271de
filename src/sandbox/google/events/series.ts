import { RRuleTemporal } from 'rrule-temporal'
import { Temporal } from 'temporal-polyfill'
import { zoneOffsets } from '#availability/rules/zone-offsets'
import { dateOf, dayOf, instantOf, toUtcText } from '../calendars/times'
import type { EventBody, EventTime, StoredEvent } from '../records'
import { invalid } from '../refusal'

const dayMs = 86_400_000

/** Google shows about so many coming occurrences of a series that never ends. */
const maxComing = 730

/** How a series is planned: the part of its event that says when it takes place. */
export type Plan = { start: EventTime; end: EventTime; recurrence: readonly string[] }

/** One planned start: an instant, for whole days their midnight in UTC. */
type Moment = number

type CompiledSeries = {
  isAllDay: boolean
  durationMs: number
  /** The planned starts from `from` to `to`, both included. */
  between: (from: Moment, to: Moment) => Moment[]
  /** The planned starts from `from`, and at most so many of them after `now`. */
  startingAt: (from: Moment, now: Moment) => Moment[]
}

const wrongRule = () => invalid('Invalid recurrence rule.')

const parseList = (line: string, plan: { isAllDay: boolean; zone: string }): Moment[] => {
  const [, , parameters = '', values = ''] = /^(RDATE|EXDATE)((?:;[^:]*)?):(.+)$/.exec(line) ?? []
  const named = new Map(parameters.split(';').map((parameter) => parameter.split('=') as [string, string | undefined]))
  const zone = named.get('TZID') ?? plan.zone
  return values.split(',').map((value) => {
    const [, year, month, day, hour, minute, second, isUtc] =
      /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z?))?$/.exec(value) ?? []
    const date = `${year}-${month}-${day}`
    if (year === undefined || Number.isNaN(dayOf(date)) || plan.isAllDay !== (hour === undefined)) throw wrongRule()
    if (hour === undefined) return dayOf(date) * dayMs
    const wall = Date.parse(`${date}T${hour}:${minute}:${second}Z`)
    if (Number.isNaN(wall)) throw wrongRule()
    return isUtc ? wall : zoneOffsets(zone).toInstant(wall)
  })
}

/** A series of whole days ends with a day; the library reckons in instants. */
const untilInstant = (rule: string, isAllDay: boolean): string => {
  const until = /;UNTIL=([^;]*)/.exec(rule)?.[1]
  if (!isAllDay || until === undefined) return rule
  if (!/^\d{8}$/.test(until)) throw wrongRule()
  return rule.replace(/;UNTIL=\d{8}/, `;UNTIL=${until}T000000Z`)
}

const toZoned = (moment: Moment, zone: string) =>
  Temporal.Instant.fromEpochMilliseconds(moment).toZonedDateTimeISO(zone)

/** @throws Refusal when the lines cannot be read. */
const compile = (plan: Plan): CompiledSeries => {
  const isAllDay = Boolean(plan.start.date)
  const zone = isAllDay ? 'UTC' : (plan.start.timeZone ?? 'UTC')
  const start = instantOf(plan.start, 'UTC')
  const end = instantOf(plan.end, 'UTC')
  if (start === undefined || end === undefined) throw wrongRule()
  const rules = plan.recurrence.filter((line) => line.startsWith('RRULE:'))
  const listed = (name: string) =>
    plan.recurrence
      .filter((line) => new RegExp(`^${name}[;:]`).test(line))
      .flatMap((line) => parseList(line, { isAllDay, zone }))
  const added = listed('RDATE')
  const removed = new Set(listed('EXDATE'))
  const lists = plan.recurrence.filter((line) => /^(RDATE|EXDATE)[;:]/.test(line)).length
  if (rules.length > 1 || rules.length + lists !== plan.recurrence.length || !(rules.length || added.length)) {
    throw wrongRule()
  }
  const durationMs = end - start
  const [rule] = rules
  if (rule === undefined) {
    const all = [...new Set([start, ...added])].filter((moment) => !removed.has(moment)).sort((a, b) => a - b)
    return {
      isAllDay,
      durationMs,
      between: (from, to) => all.filter((moment) => moment >= from && moment <= to),
      startingAt: (from) => all.filter((moment) => moment >= from),
    }
  }
  try {
    const compiled = new RRuleTemporal({
      rruleString: untilInstant(rule, isAllDay).slice('RRULE:'.length),
      dtstart: toZoned(start, zone),
      rDate: added.map((moment) => toZoned(moment, zone)),
      exDate: [...removed].map((moment) => toZoned(moment, zone)),
      temporal: Temporal,
      strict: true,
    })
    return {
      isAllDay,
      durationMs,
      between: (from, to) =>
        compiled.between(new Date(from), new Date(to), true).map((moment) => moment.epochMilliseconds),
      startingAt: (from, now) => {
        let coming = 0
        return compiled
          .all(({ epochMilliseconds }) => {
            if (epochMilliseconds > Math.max(from, now)) coming += 1
            return coming <= maxComing
          })
          .map((moment) => moment.epochMilliseconds)
          .filter((moment) => moment >= from)
      },
    }
  } catch {
    throw wrongRule()
  }
}

const compiledPlans = new WeakMap<readonly string[], { plan: Plan; series: CompiledSeries }>()

/** Records are never changed in place, so the same list of rules with the same times is the same series. */
const compiledOf = (plan: Plan): CompiledSeries => {
  const known = compiledPlans.get(plan.recurrence)
  if (known && known.plan.start === plan.start && known.plan.end === plan.end) return known.series
  const series = compile(plan)
  compiledPlans.set(plan.recurrence, { plan, series })
  return series
}

/** @throws Refusal when no series can be made of it. */
export const assertPlan = (plan: Plan): void => void compile(plan)

export const planOf = ({ start, end, recurrence }: EventBody): Plan | undefined =>
  start && end && recurrence?.length ? { start, end, recurrence } : undefined

const stampOf = (moment: Moment, isAllDay: boolean): string => {
  const text = toUtcText(moment).replaceAll(/[-:]/g, '')
  return isAllDay ? text.slice(0, 8) : text
}

/** `20260105T090000Z` or `20260105`, as it stands at the end of an occurrence's id. */
const parseStamp = (stamp: string): { moment: Moment; isAllDay: boolean } | undefined => {
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)Z)?$/.exec(stamp) ?? []
  const moment = Date.parse(`${year}-${month}-${day}T${hour ?? '00'}:${minute ?? '00'}:${second ?? '00'}Z`)
  return Number.isNaN(moment) ? undefined : { moment, isAllDay: hour === undefined }
}

/** One planned occurrence, before anybody changed it. */
export type Occurrence = { id: string; originalStartTime: EventTime; start: EventTime; end: EventTime }

const toTime = (moment: Moment, like: EventTime): EventTime =>
  like.date ? { date: dateOf(moment / dayMs) } : { dateTime: toUtcText(moment), timeZone: like.timeZone ?? 'UTC' }

const toOccurrence = (seriesId: string, plan: Plan, moment: Moment): Occurrence => {
  const { durationMs, isAllDay } = compiledOf(plan)
  const start = toTime(moment, plan.start)
  return {
    id: `${seriesId}_${stampOf(moment, isAllDay)}`,
    originalStartTime: start,
    start,
    end: toTime(moment + durationMs, plan.end),
  }
}

/** The planned occurrences that may touch the time from `from` to `to` (epoch ms); one day more on either side. */
export const occurrencesBetween = (seriesId: string, plan: Plan, from: number, to: number): Occurrence[] => {
  const series = compiledOf(plan)
  const margin = series.isAllDay ? dayMs : 0
  return series
    .between(from - series.durationMs - margin, to + margin)
    .map((moment) => toOccurrence(seriesId, plan, moment))
}

/** The planned occurrences that may touch the time after `from`, if need be as many as Google shows of an endless series. */
export const occurrencesFrom = (seriesId: string, plan: Plan, from: number, now: number): Occurrence[] => {
  const series = compiledOf(plan)
  return series
    .startingAt(from - series.durationMs - (series.isAllDay ? dayMs : 0), now)
    .map((moment) => toOccurrence(seriesId, plan, moment))
}

/** Splits `{series}_{stamp}`; ids that Google's users choose have no underscore. */
export const splitOccurrenceId = (id: string): { seriesId: string; stamp: string } | undefined => {
  const [, seriesId, stamp] = /^([^_]+)_(\d{8}(?:T\d{6}Z)?)$/.exec(id) ?? []
  return seriesId === undefined || stamp === undefined ? undefined : { seriesId, stamp }
}

/** The planned occurrence with that stamp, if the series has it. */
export const findOccurrence = (seriesId: string, plan: Plan, stamp: string): Occurrence | undefined => {
  const parsed = parseStamp(stamp)
  const series = compiledOf(plan)
  if (!parsed || parsed.isAllDay !== series.isAllDay) return undefined
  const [moment] = series.between(parsed.moment, parsed.moment)
  return moment === undefined ? undefined : toOccurrence(seriesId, plan, moment)
}

/** What an occurrence that nobody changed says: what the series says, at its own time. */
export const toOccurrenceBody = (series: StoredEvent, occurrence: Occurrence): EventBody => {
  const { recurrence: _, ...body } = series.body
  const { id, originalStartTime, start, end } = occurrence
  return { ...body, id, recurringEventId: series.id, originalStartTime, start, end }
}
