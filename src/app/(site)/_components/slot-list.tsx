'use client'

import Link from 'next/link'
import type { Slot } from '../_lib/api-types'
import { hourOf, isSameInstant } from '../_lib/dates'
import { formatDay, formatTime } from '../_lib/format'
import { theirTime } from '../_lib/their-time'
import { zoneOffset } from '../_lib/zones'
import { messages } from '../messages'

/** Either slots are links to a page of their own, or they choose something on this one. */
export type SlotTarget = { hrefOf: (slot: Slot) => string } | { onChoose: (slot: Slot) => void; chosen: string | null }

type Props = {
  slots: readonly Slot[]
  timeZone: string
  expertZone: string
  /** Start of a time that is the visitor's already, and what to call that. */
  own: { start: string; label: string } | undefined
  target: SlotTarget
}

const text = messages.slots

const parts = [
  { label: text.night, until: 5 },
  { label: text.morning, until: 12 },
  { label: text.afternoon, until: 17 },
  { label: text.evening, until: 24 },
]

const partOf = (hour: number): number => parts.findIndex(({ until }) => hour < until)

/** Wall times that come twice in this list, when clocks go back: they are told apart by their offset. */
const findRepeated = (slots: readonly Slot[], timeZone: string): ReadonlySet<string> => {
  const times = slots.map(({ start }) => formatTime(start, { timeZone }))
  return new Set(times.filter((time, n) => times.indexOf(time) !== n))
}

/** The free times of one day, grouped by its parts. */
export const SlotList = ({ slots, timeZone, expertZone, own, target }: Props) => {
  const repeated = findRepeated(slots, timeZone)
  return parts.map(({ label }, part) => {
    const inPart = slots.filter(({ start }) => partOf(hourOf(start, timeZone)) === part)
    if (inPart.length === 0) return null
    return (
      <section key={label} className="slot-part">
        <h4 className="slot-part__label">{label}</h4>
        <ul className="slot-grid">
          {inPart.map((slot) => {
            const time = formatTime(slot.start, { timeZone })
            const isOwn = own !== undefined && isSameInstant(own.start, slot.start)
            const there = theirTime(slot.start, { visitorZone: timeZone, expertZone })
            const shown = repeated.has(time) ? `${time} ${zoneOffset(timeZone, Date.parse(slot.start))}` : time
            const content = (
              <>
                <span className="visually-hidden">{formatDay(slot.start, { timeZone })}, </span>
                <span className="slot__time">{shown}</span>
                {there ? <small className="slot__there">{there}</small> : null}
                {isOwn ? <small className="slot__own">{own.label}</small> : null}
              </>
            )
            const className = isOwn ? 'slot slot--own' : 'slot'
            return (
              <li key={slot.start}>
                {'hrefOf' in target ? (
                  <Link className={className} href={target.hrefOf(slot)} data-start={slot.start}>
                    {content}
                  </Link>
                ) : (
                  <button
                    type="button"
                    className={className}
                    data-start={slot.start}
                    aria-pressed={target.chosen !== null && isSameInstant(target.chosen, slot.start)}
                    disabled={isOwn}
                    onClick={() => target.onChoose(slot)}
                  >
                    {content}
                  </button>
                )}
              </li>
            )
          })}
        </ul>
      </section>
    )
  })
}
