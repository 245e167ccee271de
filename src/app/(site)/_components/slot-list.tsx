'use client'

import Link from 'next/link'
import type { Slot } from '../_lib/api-types'
import { hourOf, isSameInstant } from '../_lib/dates'
import type { Formats } from '../_lib/format'
import { theirTime } from '../_lib/their-time'
import { zoneOffset } from '../_lib/zones'
import { useTexts } from '../_lib/use-texts'

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

const parts = [
  { name: 'night', until: 5 },
  { name: 'morning', until: 12 },
  { name: 'afternoon', until: 17 },
  { name: 'evening', until: 24 },
] as const

const partOf = (hour: number): number => parts.findIndex(({ until }) => hour < until)

/** Wall times that come twice in this list, when clocks go back: they are told apart by their offset. */
const findRepeated = (slots: readonly Slot[], timeZone: string, formats: Formats): ReadonlySet<string> => {
  const times = slots.map(({ start }) => formats.time(start, { timeZone }))
  return new Set(times.filter((time, n) => times.indexOf(time) !== n))
}

/** The free times of one day, grouped by its parts. */
export const SlotList = ({ slots, timeZone, expertZone, own, target }: Props) => {
  const texts = useTexts()
  const { formats, messages } = texts
  const repeated = findRepeated(slots, timeZone, formats)
  return parts.map(({ name }, part) => {
    const inPart = slots.filter(({ start }) => partOf(hourOf(start, timeZone)) === part)
    if (inPart.length === 0) return null
    return (
      <section key={name} className="slot-part">
        <h4 className="slot-part__label">{messages.slots[name]}</h4>
        <ul className="slot-grid">
          {inPart.map((slot) => {
            const time = formats.time(slot.start, { timeZone })
            const isOwn = own !== undefined && isSameInstant(own.start, slot.start)
            const there = theirTime(slot.start, { visitorZone: timeZone, expertZone }, texts)
            const shown = repeated.has(time) ? `${time} ${zoneOffset(timeZone, Date.parse(slot.start))}` : time
            const content = (
              <>
                <span className="visually-hidden">{formats.day(slot.start, { timeZone })}, </span>
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
