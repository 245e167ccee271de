'use client'

import { useConfig } from '@payloadcms/ui'
import { formatTimeRangeIn } from '../lib/format-instant'
import { recordUrl } from '../lib/list-url'
import { useWords } from '../lib/use-words'
import type { ListedSession } from './use-rules-beside'

type Props = {
  sessions: readonly ListedSession[]
  timeZone: string
  /** Nothing is saved while they stand there; otherwise they are only told. */
  isInTheWay?: boolean
}

/** Which booked sessions a form would touch, before it is saved: when, whose, and where to change them. */
export const TouchedSessions = ({ sessions, timeZone, isInTheWay = false }: Props) => {
  const { say, locale } = useWords()
  const { config } = useConfig()
  return (
    <div aria-live="polite">
      {sessions.length ? (
        <div className="parley-warning parley-touched">
          <strong>
            {say(isInTheWay ? 'Sessions are in the way' : 'Sessions are booked in time that would be closed')} (
            {sessions.length})
          </strong>
          <p>
            {say(
              isInTheWay
                ? 'Move or cancel them first: this cannot be saved while they stand there.'
                : 'They stay as they are when this is saved: move or cancel what cannot take place.',
            )}
          </p>
          <ul>
            {sessions.map(({ id, reference, customer, start, end }) => (
              <li key={id}>
                {formatTimeRangeIn({ start, end, timeZone, locale })}, {customer ?? say('no name')}{' '}
                <a href={recordUrl(config.routes.admin, 'scheduled-sessions', id)}>{reference}</a>
              </li>
            ))}
          </ul>
        </div>
      ) : null}
    </div>
  )
}
