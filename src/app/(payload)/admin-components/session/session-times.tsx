'use client'

import { formatTimeRangeIn } from '../lib/format-instant'
import { useViewerZone } from '../lib/use-viewer-zone'
import type { PlainText } from '../words/admin-words'
import type { SessionView } from './session-view'
import { useWords } from '../lib/use-words'

/** The clocks of everybody involved; whoever shares one stands on the same line. */
const clocksOf = (session: SessionView, viewerZone: string): { who: PlainText[]; timeZone: string }[] => {
  const all = [
    { who: 'You' as const, timeZone: viewerZone },
    { who: 'Consultant' as const, timeZone: session.consultant.timeZone },
    { who: 'Customer' as const, timeZone: session.timeZone },
  ]
  const byZone = Map.groupBy(all, ({ timeZone }) => timeZone)
  return [...byZone].map(([timeZone, people]) => ({ who: people.map(({ who }) => who), timeZone }))
}

/** When a session is, on the clock of each side. */
export const SessionTimes = ({ session, start, end }: { session: SessionView; start: string; end: string }) => {
  const { say, locale } = useWords()
  const viewerZone = useViewerZone()
  if (viewerZone === undefined) return null
  return (
    <dl className="parley-facts parley-times">
      {clocksOf(session, viewerZone).map(({ who, timeZone }) => (
        <div key={timeZone}>
          <dt>
            {who.map((one) => say(one)).join(', ')} <small>{timeZone}</small>
          </dt>
          <dd>{formatTimeRangeIn({ start, end, timeZone, locale })}</dd>
        </div>
      ))}
    </dl>
  )
}
