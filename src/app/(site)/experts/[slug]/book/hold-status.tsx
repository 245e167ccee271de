'use client'

import { Icon } from '../../../_components/icon'
import { epochOf } from '../../../_lib/dates'
import { formatCountdown } from '../../../_lib/format'
import type { HoldState } from '../../../_lib/use-hold'
import type { SiteWords } from '../../../_words/en'
import { useNow } from '../../../_lib/use-now'
import { useTexts } from '../../../_lib/use-texts'

type Props = { state: HoldState; onHoldAgain: () => void }

/** What a screen reader is told: not every second, but when there is reason to hurry. */
const announcementFor = (secondsLeft: number, text: SiteWords['book']): string => {
  if (secondsLeft <= 0) return text.runOutTitle
  if (secondsLeft <= 30) return text.heldThirtySeconds
  const minutesLeft = Math.ceil(secondsLeft / 60)
  return minutesLeft <= 2 || minutesLeft % 5 === 0 ? text.heldMinutes(minutesLeft) : ''
}

/** The countdown of the hold, and the way to take it again when it ran out. */
export const HoldStatus = ({ state, onHoldAgain }: Props) => {
  const text = useTexts().messages.book
  const now = useNow(1000)
  if (state.phase === 'refused') return null
  if (state.phase === 'holding' || now === undefined) {
    return (
      <p className="hold hold--waiting" role="status">
        <Icon name="clock" />
        {text.holding}
      </p>
    )
  }
  const secondsLeft = Math.max(0, (epochOf(state.held.expiresAt) - now) / 1000)
  return (
    <div className={secondsLeft <= 0 ? 'hold hold--over' : secondsLeft < 60 ? 'hold hold--soon' : 'hold'}>
      <Icon name="clock" />
      <div>
        <p className="visually-hidden" role="status">
          {announcementFor(secondsLeft, text)}
        </p>
        {secondsLeft > 0 ? (
          <p role="timer" aria-live="off">
            {text.heldFor} <strong className="hold__time">{formatCountdown(secondsLeft)}</strong>
          </p>
        ) : (
          <>
            <p>
              <strong>{text.runOutTitle}</strong>
            </p>
            <p>{text.runOutText}</p>
            <button type="button" className="button button--small" onClick={onHoldAgain}>
              {text.holdAgain}
            </button>
          </>
        )}
      </div>
    </div>
  )
}
