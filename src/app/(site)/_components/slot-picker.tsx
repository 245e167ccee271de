'use client'

import Link from 'next/link'
import { useState } from 'react'
import { serverNow } from '../_lib/clock'
import { addDays, dateOf, daysBetween, isDate } from '../_lib/dates'
import { zoneDifferenceText } from '../_lib/their-time'
import { useNextFreeDate, useSlotWindow, windowDays, type SlotSource } from '../_lib/use-slots'
import { useTexts } from '../_lib/use-texts'
import { DayStrip } from './day-strip'
import { ProblemNotice } from './problem-notice'
import { SlotList, type SlotTarget } from './slot-list'
import { TimeZonePicker } from './time-zone-picker'

type Props = {
  source: SlotSource
  expert: { name: string; timeZone: string }
  own?: { start: string; label: string } | undefined
  /** The date to begin with, if it is one that can be booked. */
  initialDate?: string | undefined
  target: SlotTarget
  /** Where to go when nothing suits. */
  requestHref?: string | undefined
}

/** The first day of the rolling week (counted from today) in which `date` lies. */
const windowStartOf = (date: string, today: string): string =>
  addDays(today, Math.floor(Math.max(0, daysBetween(today, date)) / windowDays) * windowDays)

/**
 * A week of days, the free times of one of them, and the visitor's zone. Weeks are counted from today, so that the first
 * one always shows seven days that can be booked.
 */
export const SlotPicker = ({ source, expert, own, initialDate, target, requestHref }: Props) => {
  const texts = useTexts()
  const { formats, messages } = texts
  const text = messages.slots
  const { timeZone } = source
  const today = dateOf(serverNow(), timeZone)
  const [chosenDate, setChosenDate] = useState(initialDate && isDate(initialDate) ? initialDate : undefined)
  const [shownDate, setShownDate] = useState(chosenDate ?? today)
  const start = windowStartOf(shownDate < today ? today : shownDate, today)
  const { data, error, isLoading, reload } = useSlotWindow(source, start)

  const lastDate = addDays(start, windowDays - 1)
  const isInWindow = (date: string | undefined): date is string =>
    date !== undefined && date >= start && date <= lastDate
  const firstFree = data ? Object.keys(data.slots).find(isInWindow) : undefined
  const selected = isInWindow(chosenDate) ? chosenDate : (firstFree ?? start)
  const slots = data?.slots[selected] ?? []
  const isWeekEmpty = data !== undefined && firstFree === undefined
  const nextFree = useNextFreeDate(source, { after: lastDate, isWanted: isWeekEmpty })

  const select = (date: string): void => {
    setChosenDate(date)
    setShownDate(date)
  }
  const move = (date: string): void => {
    setChosenDate(undefined)
    setShownDate(date)
  }

  const difference = zoneDifferenceText(
    {
      name: expert.name,
      at: slots[0]?.start ?? serverNow(),
      visitorZone: timeZone,
      expertZone: expert.timeZone,
    },
    texts,
  )
  const counts = data && new Map(Object.entries(data.slots).map(([date, times]) => [date, times.length]))

  return (
    <div className="slot-picker">
      <TimeZonePicker zone={timeZone} />
      {difference ? <p className="slot-picker__difference">{difference}</p> : null}
      <DayStrip start={start} selected={selected} counts={counts} earliest={today} onSelect={select} onMove={move} />
      <p className="visually-hidden" role="status">
        {data ? text.announce(formats.dateLong(selected), slots.length) : ''}
      </p>
      <div className="slot-picker__slots" aria-busy={isLoading}>
        {error && !data ? <ProblemNotice error={error} onRetry={reload} /> : null}
        {!data && !error ? <SlotSkeleton /> : null}
        {data ? <h3 className="slot-picker__day">{formats.dateLong(selected)}</h3> : null}
        {isWeekEmpty ? (
          <div className="slot-picker__empty">
            <p>{text.emptyWeek}</p>
            {nextFree ? (
              <button type="button" className="button button--quiet" onClick={() => select(nextFree)}>
                {text.nextFree(formats.dateLong(nextFree))}
              </button>
            ) : null}
            {nextFree === null ? <p>{text.noneAhead}</p> : null}
            {nextFree === null && requestHref ? (
              <Link className="button button--quiet" href={requestHref}>
                {text.requestInstead}
              </Link>
            ) : null}
          </div>
        ) : null}
        {data && !isWeekEmpty && slots.length === 0 ? (
          <p className="slot-picker__empty">{text.emptyDay(formats.dateLong(selected))}</p>
        ) : null}
        <SlotList slots={slots} timeZone={timeZone} expertZone={expert.timeZone} own={own} target={target} />
      </div>
      <label className="slot-picker__goto">
        <span>{text.goToDate}</span>
        <input
          type="date"
          className="input input--small"
          min={today}
          value={selected}
          onChange={(event) => {
            if (isDate(event.target.value) && event.target.value >= today) select(event.target.value)
          }}
        />
      </label>
    </div>
  )
}

const SlotSkeleton = () => {
  const text = useTexts().messages.slots
  return (
    <div role="status">
      <span className="visually-hidden">{text.loading}</span>
      <ul className="slot-grid" aria-hidden="true">
        {Array.from({ length: 9 }, (_, n) => (
          <li key={n} className="slot-skeleton" />
        ))}
      </ul>
    </div>
  )
}
