'use client'

import { adminLocale } from './admin-locale'
import { InstantText } from './instant-text'

const steps = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const

/** "3 hours ago", "in 5 minutes" */
const relative = (instant: string, now: number): string => {
  const words = new Intl.RelativeTimeFormat(adminLocale, { numeric: 'auto' })
  const ms = Date.parse(instant) - now
  for (const [unit, length] of steps) if (Math.abs(ms) >= length) return words.format(Math.trunc(ms / length), unit)
  return ms > 0 ? 'in a moment' : 'just now'
}

/** An instant as seen from `now`, and on the clock of whoever looks. */
export const SinceText = ({ instant, now }: { instant: string; now: number }) => (
  <>
    {relative(instant, now)} (<InstantText instant={instant} />)
  </>
)
