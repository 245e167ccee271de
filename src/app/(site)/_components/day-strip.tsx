'use client'

import { useRef, type KeyboardEvent } from 'react'
import { addDays } from '../_lib/dates'
import { windowDays } from '../_lib/use-slots'
import { useTexts } from '../_lib/use-texts'
import { Icon } from './icon'

type Props = {
  /** First of the seven dates. */
  start: string
  selected: string
  /** Free times by date; `undefined` while they are loaded. */
  counts: ReadonlyMap<string, number> | undefined
  /** The earliest date that can be gone to. */
  earliest: string
  onSelect: (date: string) => void
  onMove: (start: string) => void
}

/** Seven days as one group of radio buttons: arrow keys go from day to day, and past the ends to the next week. */
export const DayStrip = ({ start, selected, counts, earliest, onSelect, onMove }: Props) => {
  const { formats, messages } = useTexts()
  const text = messages.slots
  const group = useRef<HTMLDivElement>(null)
  const dates = Array.from({ length: windowDays }, (_, n) => addDays(start, n))
  const last = dates.at(-1) ?? start

  const go = (date: string): void => {
    if (date < earliest) return
    onSelect(date)
    // The button of the new date may only exist after the next render.
    requestAnimationFrame(() => group.current?.querySelector<HTMLElement>('[aria-checked="true"]')?.focus())
  }

  const onKeyDown = (event: KeyboardEvent): void => {
    const steps: Record<string, number> = {
      ArrowRight: 1,
      ArrowDown: 1,
      ArrowLeft: -1,
      ArrowUp: -1,
      PageDown: 7,
      PageUp: -7,
    }
    const step = steps[event.key]
    if (step !== undefined) go(addDays(selected, step))
    else if (event.key === 'Home') go(start)
    else if (event.key === 'End') go(last)
    else return
    event.preventDefault()
  }

  return (
    <div className="day-strip">
      <div className="day-strip__head">
        <button
          type="button"
          className="icon-button"
          aria-label={text.previousWeek}
          disabled={start <= earliest}
          onClick={() => onMove(addDays(start, -windowDays))}
        >
          <Icon name="left" />
        </button>
        <p className="day-strip__range">{formats.dateRange(start, last)}</p>
        <button
          type="button"
          className="icon-button"
          aria-label={text.nextWeek}
          onClick={() => onMove(addDays(start, windowDays))}
        >
          <Icon name="right" />
        </button>
      </div>
      <div ref={group} className="day-strip__days" role="radiogroup" aria-label={text.week} onKeyDown={onKeyDown}>
        {dates.map((date) => {
          const count = counts?.get(date) ?? 0
          const isSelected = date === selected
          return (
            <button
              key={date}
              type="button"
              role="radio"
              aria-checked={isSelected}
              tabIndex={isSelected ? 0 : -1}
              data-date={date}
              className={count > 0 ? 'day day--free' : 'day'}
              aria-label={counts ? `${formats.dateLong(date)}, ${text.free(count)}` : formats.dateLong(date)}
              onClick={() => onSelect(date)}
            >
              <span className="day__weekday">{formats.weekday(date)}</span>
              <span className="day__number">{formats.dayOfMonth(date)}</span>
              <span className="day__dot" />
            </button>
          )
        })}
      </div>
    </div>
  )
}
