'use client'

import { useConfig, useTranslation } from '@payloadcms/ui'
import { formatTimeRangeIn } from '../lib/format-instant'
import { recordUrl } from '../lib/list-url'
import type { ListedSession } from './use-rules-beside'

const words = {
  en: {
    touched: 'Sessions are booked in time that would be closed',
    stay: 'They stay as they are when this is saved: move or cancel what cannot take place.',
    inTheWay: 'Sessions are in the way',
    first: 'Move or cancel them first: this cannot be saved while they stand there.',
    nobody: 'no name',
  },
  de: {
    touched: 'In der Zeit, die geschlossen würde, sind Termine gebucht',
    stay: 'Sie bleiben beim Speichern, wie sie sind: Verlegen oder stornieren Sie, was nicht stattfinden kann.',
    inTheWay: 'Termine stehen im Weg',
    first:
      'Verlegen oder stornieren Sie zuerst diese Termine: Solange sie dort stehen, kann das nicht gespeichert werden.',
    nobody: 'ohne Namen',
  },
} as const

type Props = {
  sessions: readonly ListedSession[]
  timeZone: string
  /** Nothing is saved while they stand there; otherwise they are only told. */
  isInTheWay?: boolean
}

/** Which booked sessions a form would touch, before it is saved: when, whose, and where to change them. */
export const TouchedSessions = ({ sessions, timeZone, isInTheWay = false }: Props) => {
  const { i18n } = useTranslation()
  const { config } = useConfig()
  const said = words[i18n.language === 'de' ? 'de' : 'en']
  return (
    <div aria-live="polite">
      {sessions.length ? (
        <div className="parley-warning parley-touched">
          <strong>
            {isInTheWay ? said.inTheWay : said.touched} ({sessions.length})
          </strong>
          <p>{isInTheWay ? said.first : said.stay}</p>
          <ul>
            {sessions.map(({ id, reference, customer, start, end }) => (
              <li key={id}>
                {formatTimeRangeIn({ start, end, timeZone })}, {customer ?? said.nobody}{' '}
                <a href={recordUrl(config.routes.admin, 'scheduled-sessions', id)}>{reference}</a>
              </li>
            ))}
          </ul>
        </div>
      ) : null}
    </div>
  )
}
