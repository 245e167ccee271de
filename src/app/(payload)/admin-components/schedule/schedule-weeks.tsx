'use client'

import type { OpenDay } from '#availability/rules/compute-open-days'
import { formatClearTimeIn, formatDayIn } from '../lib/format-instant'

type Props = { days: readonly OpenDay[]; timeZone: string; nameOf: (scheduleId: string) => string }

const closedText = ({ isUnavailable }: OpenDay) => (isUnavailable ? 'Closed: unavailable date' : 'Closed')

/** What the day's hours come from, in words. */
const sourceText = ({ rule }: OpenDay, nameOf: Props['nameOf']): string => {
  if (rule.part === 'workingHours') return 'Working hours'
  return rule.part === 'exception' ? `Exception in ${nameOf(rule.scheduleId)}` : nameOf(rule.scheduleId)
}

/** Days one below the other: when each is open, on the clock of the zone, and which rule says so. */
export const ScheduleWeeks = ({ days, timeZone, nameOf }: Props) => (
  <table className="parley-schedule-weeks">
    <thead>
      <tr>
        <th scope="col">Day</th>
        <th scope="col">Open</th>
        <th scope="col">By</th>
      </tr>
    </thead>
    <tbody>
      {days.map((day) => (
        <tr data-closed={day.open.length === 0} key={day.date}>
          <th scope="row">{formatDayIn(`${day.date}T00:00:00Z`, 'UTC')}</th>
          <td>
            {day.open.length === 0
              ? closedText(day)
              : day.open.map(({ start, end }) => (
                  <span key={start}>
                    {formatClearTimeIn(start, timeZone)}–{formatClearTimeIn(end, timeZone)}
                  </span>
                ))}
          </td>
          <td>{sourceText(day, nameOf)}</td>
        </tr>
      ))}
    </tbody>
  </table>
)
