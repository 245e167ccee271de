import { RRuleTemporal } from 'rrule-temporal'
import { Temporal } from 'temporal-polyfill'
import { formatCalendarDay, parseCalendarDay, toCalendarDay } from './calendar-day'
import { zoneOffsets } from './zone-offsets'
import { dayMs } from '#shared/time'

/**
 * Rules choose calendar dates, nothing finer: the windows beside them say the times. They are therefore evaluated in
 * UTC, where every day has a midnight, and no zone's clock can swallow an occurrence.
 */

const listOf = (item: string) => new RegExp(`^${item}(?:,${item})*$`)
const upTo = (max: string) => `(?:${max})`
const ordinal53 = upTo('[+-]?(?:0?[1-9]|[1-4]\\d|5[0-3])')
const ordinal366 = upTo('[+-]?(?:0{0,2}[1-9]|0?[1-9]\\d|[12]\\d\\d|3[0-5]\\d|36[0-6])')

/** What RFC 5545 allows in the parts that choose dates. The library drops what is out of range without a word. */
const parts: Record<string, { form: RegExp; says: string }> = {
  FREQ: { form: /^(DAILY|WEEKLY|MONTHLY|YEARLY)$/, says: 'DAILY, WEEKLY, MONTHLY or YEARLY' },
  INTERVAL: { form: /^[1-9]\d{0,3}$/, says: 'a number from 1 to 9999' },
  COUNT: { form: /^[1-9]\d{0,4}$/, says: 'a number from 1 to 99999' },
  UNTIL: { form: /^\d{8}(T([01]\d|2[0-3])[0-5]\d[0-5]\dZ?)?$/, says: 'a date such as 20261231' },
  BYDAY: { form: listOf(`(?:${ordinal53})?(?:MO|TU|WE|TH|FR|SA|SU)`), says: 'weekdays such as MO or -1FR' },
  BYMONTHDAY: { form: listOf(upTo('[+-]?(?:0?[1-9]|[12]\\d|3[01])')), says: 'days from 1 to 31 or -31 to -1' },
  BYYEARDAY: { form: listOf(ordinal366), says: 'days from 1 to 366 or -366 to -1' },
  BYWEEKNO: { form: listOf(ordinal53), says: 'weeks from 1 to 53 or -53 to -1' },
  BYMONTH: { form: listOf(upTo('0?[1-9]|1[0-2]')), says: 'months from 1 to 12' },
  BYSETPOS: { form: listOf(ordinal366), says: 'positions from 1 to 366 or -366 to -1' },
  WKST: { form: /^(MO|TU|WE|TH|FR|SA|SU)$/, says: 'a weekday such as MO' },
}

/**
 * Where a rule begins whose schedule has no first date: any fixed day, so that the answer never depends on the
 * question.
 */
const fallbackStart = '2000-01-01'

type ParsedRule = { values: Map<string, string>; start: string | undefined }

const isoDate = (basic: string) => `${basic.slice(0, 4)}-${basic.slice(4, 6)}-${basic.slice(6, 8)}`

const parseRule = (rrule: string): ParsedRule | { fault: string } => {
  if (rrule.length > 500) return { fault: 'must not be longer than 500 characters' }
  const lines = rrule
    .trim()
    .toUpperCase()
    .split(/\r?\n/)
    .map((line) => line.trim())
  let start: string | undefined
  if (lines.length === 2 && lines[0]?.startsWith('DTSTART')) {
    const basic = /^DTSTART(?:;[^:]*)?:(\d{8})(?:T\d{6}Z?)?$/.exec(lines.shift() ?? '')?.[1]
    if (basic === undefined || parseCalendarDay(isoDate(basic)) === undefined)
      return { fault: 'DTSTART must be a date' }
    start = isoDate(basic)
  }
  const [line, ...others] = lines
  if (line === undefined || others.length > 0)
    return { fault: 'must be one RRULE; use date exceptions for single dates' }
  const values = new Map<string, string>()
  for (const part of line.replace(/^RRULE:/, '').split(';')) {
    const [name = '', value = ''] = part.split(/=(.*)/s)
    const known = Object.hasOwn(parts, name) ? parts[name] : undefined
    if (!known) return { fault: `cannot contain ${name || 'an empty part'}` }
    if (values.has(name)) return { fault: `must contain ${name} once` }
    if (!known.form.test(value)) return { fault: `${name} must be ${known.says}` }
    values.set(name, value)
  }
  if (!values.has('FREQ')) return { fault: 'must contain FREQ' }
  const until = values.get('UNTIL')
  if (until !== undefined && parseCalendarDay(isoDate(until)) === undefined) {
    return { fault: 'UNTIL must be a date such as 20261231' }
  }
  return { values, start }
}

/**
 * The last date on which a rule may occur: UNTIL is a date, or an instant that falls on a date in the consultant's
 * zone.
 */
const untilDay = (until: string, timeZone: string): number => {
  const day = toCalendarDay(isoDate(until))
  if (!until.endsWith('Z')) return day
  const [hours, minutes, seconds] = [until.slice(9, 11), until.slice(11, 13), until.slice(13, 15)].map(Number)
  return zoneOffsets(timeZone).dayAt(day * dayMs + ((hours ?? 0) * 3600 + (minutes ?? 0) * 60 + (seconds ?? 0)) * 1000)
}

const buildRule = ({ values, start }: ParsedRule, schedule: { startDate: string | null; timeZone: string }) => {
  const until = values.get('UNTIL')
  const text = [...values]
    .filter(([name]) => name !== 'UNTIL')
    .concat(
      until === undefined
        ? []
        : [['UNTIL', `${formatCalendarDay(untilDay(until, schedule.timeZone)).replaceAll('-', '')}T235959Z`]],
    )
    .map(([name, value]) => `${name}=${value}`)
    .join(';')
  return new RRuleTemporal({
    rruleString: text,
    dtstart: Temporal.ZonedDateTime.from(`${start ?? schedule.startDate ?? fallbackStart}T00:00:00[UTC]`),
    temporal: Temporal,
    strict: true,
  })
}

/**
 * What is wrong with a recurrence rule, in words for the person who typed it, or undefined. Allowed is one iCalendar
 * RRULE (RFC 5545) with or without `RRULE:` and a DTSTART line before it, of the parts that choose dates.
 */
export const findRecurrenceFault = (rrule: string): string | undefined => {
  const parsed = parseRule(rrule)
  if ('fault' in parsed) return parsed.fault
  try {
    buildRule(parsed, { startDate: null, timeZone: 'UTC' })
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message : 'cannot be read'
  }
}

/** Which of these a rule has, if any, decides what its days are; without one its first day does. */
const choosing: Record<string, readonly string[]> = {
  DAILY: ['FREQ'],
  WEEKLY: ['BYDAY'],
  MONTHLY: ['BYDAY', 'BYMONTHDAY'],
  YEARLY: ['BYDAY', 'BYMONTHDAY', 'BYYEARDAY'],
}

/**
 * Why a rule needs a first day, in words for the person who typed it; undefined when it has one, when it chooses the same days
 * wherever it begins, and when it cannot be read at all.
 */
export const findMissingStart = (rrule: string): string | undefined => {
  const parsed = parseRule(rrule)
  if ('fault' in parsed || parsed.start !== undefined) return undefined
  const { values } = parsed
  if (values.has('COUNT')) return 'COUNT counts from a first day: set the day from which the schedule counts.'
  if (Number(values.get('INTERVAL') ?? 1) > 1) {
    return 'INTERVAL counts from a first day: set the day from which the schedule counts.'
  }
  const parts = choosing[values.get('FREQ') ?? ''] ?? []
  if (parts.some((part) => values.has(part))) return undefined
  return `Say which days, with ${parts.join(' or ')}, or set the day from which the schedule counts.`
}

/**
 * The days (counted from 1970-01-01) between `firstDay` and `lastDay`, both included, that a rule chooses. It begins
 * with its own DTSTART, else the schedule's first date, else 2000-01-01; INTERVAL and COUNT are counted from there.
 * @throws RangeError when the rule cannot be read (`findRecurrenceFault` keeps such rules from being stored).
 */
export const computeRecurrenceDays = (args: {
  rrule: string
  startDate: string | null
  timeZone: string
  firstDay: number
  lastDay: number
}): number[] => {
  const parsed = parseRule(args.rrule)
  if ('fault' in parsed) throw new RangeError(`Recurrence rule ${args.rrule}: ${parsed.fault}.`)
  return buildRule(parsed, args)
    .between(new Date(args.firstDay * dayMs), new Date(args.lastDay * dayMs), true)
    .map((occurrence) => occurrence.epochMilliseconds / dayMs)
}
