'use client'

import Link from 'next/link'
import { useState } from 'react'
import { Icon } from '../../_components/icon'
import { releaseHold } from '../../_lib/api'
import { bookHref } from '../../_lib/booking-links'
import { epochOf } from '../../_lib/dates'
import { formatCountdown } from '../../_lib/format'
import { setHeldTime, useHeldTime } from '../../_lib/hold-store'
import { useNow } from '../../_lib/use-now'
import { forget } from '../../_lib/use-query'
import { useTexts } from '../../_lib/use-texts'

/** Reminds somebody who went back from the form that a time is still kept for them. */
export const HeldTimeBanner = ({ zone }: { zone: string }) => {
  const { formats, messages } = useTexts()
  const text = messages.expert
  const held = useHeldTime()
  const now = useNow(1000)
  const [wasReleased, setWasReleased] = useState(false)
  const secondsLeft = held && now !== undefined ? (epochOf(held.expiresAt) - now) / 1000 : 0

  const release = async (): Promise<void> => {
    if (!held) return
    setHeldTime(null)
    setWasReleased(true)
    // If this does not reach the server, the hold runs out by itself in a few minutes.
    await releaseHold(held.token).catch(() => undefined)
    forget('slots:')
  }

  return (
    <>
      <p role="status" className="visually-hidden">
        {wasReleased ? text.released : ''}
      </p>
      {held && secondsLeft > 0 ? (
        <aside className="held-banner">
          <Icon name="clock" />
          <p>
            <strong>{text.holding(`${held.consultantName}, ${formats.short(held.start, { timeZone: zone })}`)}</strong>{' '}
            {text.holdingLeft(formatCountdown(secondsLeft))}
          </p>
          <div className="held-banner__actions">
            <Link className="button button--small" href={bookHref(held)}>
              {text.continue}
            </Link>
            <button type="button" className="button button--small button--quiet" onClick={() => void release()}>
              {text.release}
            </button>
          </div>
        </aside>
      ) : null}
    </>
  )
}
