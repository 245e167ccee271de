import { minutesAhead } from '../_lib/dates'
import { formatDay, formatShortDay, formatTimeRange } from '../_lib/format'
import { zoneCity, zoneOffset } from '../_lib/zones'
import { messages } from '../messages'

type Props = { start: string; end: string; zone: string; expertZone: string }

/** An interval in the visitor's zone, and in the expert's as well where the clocks differ. */
export const TimeInZones = ({ start, end, zone, expertZone }: Props) => (
  <span className="time-in-zones">
    <time dateTime={start}>
      {formatDay(start, { timeZone: zone })}
      <br />
      <strong>{formatTimeRange({ start, end, timeZone: zone })}</strong>
    </time>{' '}
    <span className="muted">
      {zoneCity(zone)} ({zoneOffset(zone, Date.parse(start))})
    </span>
    {minutesAhead({ zone: expertZone, reference: zone, at: start }) === 0 ? null : (
      <small className="time-in-zones__theirs">
        {messages.booking.theirTime(zoneCity(expertZone))}: {formatShortDay(start, { timeZone: expertZone })},{' '}
        {formatTimeRange({ start, end, timeZone: expertZone })}
      </small>
    )}
  </span>
)
