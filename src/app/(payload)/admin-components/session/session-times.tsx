'use client'

import { formatTimeRangeIn } from '../lib/format-instant'
import { useViewerZone } from '../lib/use-viewer-zone'
import type { SessionView } from './session-view'

/** The clocks of everybody involved; whoever shares one stands on the same line. */
const clocksOf = (session: SessionView, viewerZone: string): { who: string; timeZone: string }[] => {
  const all = [
    { who: 'You', timeZone: viewerZone },
    { who: 'Consultant', timeZone: session.consultant.timeZone },
    { who: 'Customer', timeZone: session.timeZone },
  ]
  const byZone = Map.groupBy(all, ({ timeZone }) => timeZone)
  return [...byZone].map(([timeZone, people]) => ({ who: people.map(({ who }) => who).join(', '), timeZone }))
}

/** When a session is, on the clock of each side. */
export const SessionTimes = ({ session, start, end }: { session: SessionView; start: string; end: string }) => {
  const viewerZone = useViewerZone()
  if (viewerZone === undefined) return null
  return (
    <dl className="parley-facts parley-times">
      {clocksOf(session, viewerZone).map(({ who, timeZone }) => (
        <div key={timeZone}>
          <dt>
            {who} <small>{timeZone}</small>
          </dt>
          <dd>{formatTimeRangeIn({ start, end, timeZone })}</dd>
        </div>
      ))}
    </dl>
  )
}
