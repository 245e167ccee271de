'use client'

import type { OpenDay } from '#availability/rules/compute-open-days'
import type { AdminWords } from '../words/admin-words'
import { formatDayIn, formatTimeIn } from '../lib/format-instant'
import { useWords } from '../lib/use-words'

type Props = { days: readonly OpenDay[]; timeZone: string; nameOf: (scheduleId: string) => string }

const closedText = ({ isUnavailable }: OpenDay) =>
  isUnavailable ? ('Closed: unavailable date' as const) : ('Closed' as const)

/** What the day's hours come from, in words. */
const sourceText = ({ rule }: OpenDay, nameOf: Props['nameOf'], say: AdminWords['say']): string => {
  if (rule.part === 'workingHours') return say('Working hours')
  const name = nameOf(rule.scheduleId)
  return rule.part === 'exception' ? say('Exception in {name}', { name }) : name
}

/** Days one below the other: when each is open, on the clock of the zone, and which rule says so. */
export const ScheduleWeeks = ({ days, timeZone, nameOf }: Props) => {
  const { say, locale } = useWords()
  return (
    <table className="parley-schedule-weeks">
      <thead>
        <tr>
          <th scope="col">{say('Day')}</th>
          <th scope="col">{say('Open')}</th>
          <th scope="col">{say('By')}</th>
        </tr>
      </thead>
      <tbody>
        {days.map((day) => (
          <tr data-closed={day.open.length === 0} key={day.date}>
            <th scope="row">{formatDayIn(`${day.date}T00:00:00Z`, 'UTC', locale)}</th>
            <td>
              {day.open.length === 0
                ? say(closedText(day))
                : day.open.map(({ start, end }) => (
                    <span key={start}>
                      {formatTimeIn(start, timeZone, locale)}–{formatTimeIn(end, timeZone, locale)}
                    </span>
                  ))}
            </td>
            <td>{sourceText(day, nameOf, say)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
