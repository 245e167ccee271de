'use client'

import { useCallback, useEffect, useEffectEvent, useState } from 'react'
import { createHold } from './api'
import { asApiError, type ApiError } from './api-error'
import type { Hold, HoldInput } from './api-types'
import { serverNow } from './clock'
import { epochOf } from './dates'
import { getHeldTime, isHoldOf, setHeldTime, type HeldTime, type TimeChoice } from './hold-store'
import { createSender } from './idempotency'
import { forget } from './use-query'

export type HoldState =
  | { phase: 'holding' }
  | { phase: 'held'; held: HeldTime }
  /** `slot_taken` and `slot_not_offered` are final for this time; the others can be tried again. */
  | { phase: 'refused'; error: ApiError }

const holding: HoldState = { phase: 'holding' }

/** A hold with less than this left is renewed rather than reused. */
const leastUsefulMs = 15_000

/** One for the tab: two effects that ask for the same time at once send the same key and share one hold. */
const sendHold = createSender<HoldInput, Hold>(createHold)

const takeHold = async (choice: TimeChoice, consultantName: string): Promise<HeldTime> => {
  const earlier = getHeldTime()
  if (earlier && isHoldOf(earlier, choice) && epochOf(earlier.expiresAt) - serverNow() > leastUsefulMs) return earlier
  const { consultant, serviceType, start, durationMinutes } = choice
  const hold = await sendHold({ consultant, serviceType, start, durationMinutes, replaces: earlier?.token })
  const held = { ...hold, consultant, serviceType, durationMinutes, consultantName }
  setHeldTime(held)
  // The picker must show the time given up as free, and this one as ours.
  forget('slots:')
  return held
}

/** Holds a time for as long as its form is filled in, reusing the hold that this tab may already have on it. */
export const useHold = (
  choice: TimeChoice | undefined,
  consultantName: string | undefined,
): { state: HoldState; holdAgain: () => void } => {
  const key = choice && consultantName !== undefined ? JSON.stringify(choice) : undefined
  const [last, setLast] = useState<{ key: string | undefined; state: HoldState }>({ key, state: holding })
  const [attempt, setAttempt] = useState(0)

  const start = useEffectEvent((isCurrent: () => boolean) => {
    if (!choice || consultantName === undefined) return
    setLast({ key, state: holding })
    takeHold(choice, consultantName).then(
      (held) => {
        if (isCurrent()) setLast({ key, state: { phase: 'held', held } })
      },
      (error: unknown) => {
        if (isCurrent()) setLast({ key, state: { phase: 'refused', error: asApiError(error) } })
      },
    )
  })

  useEffect(() => {
    let isCurrent = true
    start(() => isCurrent)
    return () => {
      isCurrent = false
    }
  }, [key, attempt])

  return {
    // What is known of another time must not be taken for this one in the render before the effect.
    state: last.key === key ? last.state : holding,
    holdAgain: useCallback(() => setAttempt((n) => n + 1), []),
  }
}
