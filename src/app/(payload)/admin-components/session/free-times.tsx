'use client'

import { Button } from '@payloadcms/ui'
import { useState } from 'react'
import { api } from '../lib/api'
import { dateIn, formatDayIn, formatTimeIn } from '../lib/format-instant'
import { useAnswer } from '../lib/use-answer'
import { useViewerZone } from '../lib/use-viewer-zone'
import type { SessionView, SlotView } from './session-view'
import { useWords } from '../lib/use-words'

type Props = { session: SessionView; chosen: string | undefined; onChoose: (slot: SlotView) => void }

const weeks = 2
const dayMs = 86_400_000

/** The free times of a session's consultant, two weeks at a time, on the clock of whoever looks. */
export const FreeTimes = ({ session, chosen, onChoose }: Props) => {
  const { say, locale } = useWords()
  const viewerZone = useViewerZone()
  const [page, setPage] = useState(0)
  const [now] = useState(() => Date.now())
  const zone = viewerZone ?? 'UTC'
  const from = now + page * weeks * 7 * dayMs
  const query = {
    consultant: session.consultant.slug,
    serviceType: session.serviceType.slug,
    durationMinutes: session.durationMinutes,
    timeZone: zone,
    start: dateIn(from, zone),
    end: dateIn(from + (weeks * 7 - 1) * dayMs, zone),
  }
  const { value, fault } = useAnswer({
    key: JSON.stringify(query),
    ask: (signal) => api.GET('/api/booking/slots', { params: { query }, signal }),
  })
  const slots = value?.slots
  const days = Object.entries(slots ?? {})
  return (
    <div className="parley-free-times">
      <nav aria-label={say('Two weeks at a time')}>
        <Button
          buttonStyle="secondary"
          disabled={page === 0}
          margin={false}
          onClick={() => setPage(page - 1)}
          size="small"
          type="button"
        >
          {say('Earlier')}
        </Button>
        <span>
          {formatDayIn(from, zone, locale)} – {formatDayIn(from + (weeks * 7 - 1) * dayMs, zone, locale)}{' '}
          <small>{zone}</small>
        </span>
        <Button buttonStyle="secondary" margin={false} onClick={() => setPage(page + 1)} size="small" type="button">
          {say('Later')}
        </Button>
      </nav>
      {fault === undefined ? null : <p role="alert">{fault}</p>}
      {slots === undefined && fault === undefined ? <p>{say('Looking for free times …')}</p> : null}
      {slots && !days.length ? <p className="parley-quiet">{say('No free time in these two weeks.')}</p> : null}
      {days.map(([date, times]) => (
        <fieldset key={date}>
          <legend>{times[0] ? formatDayIn(times[0].start, zone, locale) : date}</legend>
          {times.map((slot) => (
            <button
              aria-pressed={slot.start === chosen}
              className="parley-slot"
              key={slot.start}
              onClick={() => onChoose(slot)}
              type="button"
            >
              {formatTimeIn(slot.start, zone, locale)}
            </button>
          ))}
        </fieldset>
      ))}
    </div>
  )
}
