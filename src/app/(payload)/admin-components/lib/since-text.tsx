'use client'

import type { AdminWords } from '../words/admin-words'
import { InstantText } from './instant-text'
import { useWords } from './use-words'

const steps = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const

/** "3 hours ago", "in 5 minutes" */
const relative = (instant: string, now: number, { locale, say }: AdminWords): string => {
  const words = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
  const ms = Date.parse(instant) - now
  for (const [unit, length] of steps) if (Math.abs(ms) >= length) return words.format(Math.trunc(ms / length), unit)
  return say(ms > 0 ? 'in a moment' : 'just now')
}

/** An instant as seen from `now`, and on the clock of whoever looks. */
export const SinceText = ({ instant, now }: { instant: string; now: number }) => {
  const words = useWords()
  return (
    <>
      {relative(instant, now, words)} (<InstantText instant={instant} />)
    </>
  )
}
