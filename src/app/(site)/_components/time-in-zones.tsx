'use client'

import { minutesAhead } from '../_lib/dates'
import { zoneOffset } from '../_lib/zones'
import { useTexts } from '../_lib/use-texts'

type Props = { start: string; end: string; zone: string; expertZone: string }

/** An interval in the visitor's zone, and in the expert's as well where the clocks differ. */
export const TimeInZones = ({ start, end, zone, expertZone }: Props) => {
  const { formats, messages } = useTexts()
  return (
    <span className="time-in-zones">
      <time dateTime={start}>
        {formats.day(start, { timeZone: zone })}
        <br />
        <strong>{formats.timeRange({ start, end, timeZone: zone })}</strong>
      </time>{' '}
      <span className="muted">
        {formats.zoneCity(zone)} ({zoneOffset(zone, Date.parse(start))})
      </span>
      {minutesAhead({ zone: expertZone, reference: zone, at: start }) === 0 ? null : (
        <small className="time-in-zones__theirs">
          {messages.booking.theirTime(formats.zoneCity(expertZone))}:{' '}
          {formats.shortDay(start, { timeZone: expertZone })}, {formats.timeRange({ start, end, timeZone: expertZone })}
        </small>
      )}
    </span>
  )
}
