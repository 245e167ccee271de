'use client'

import Link from 'next/link'
import { useEffect, useRef } from 'react'
import { Icon } from '../../../_components/icon'
import { Skeleton } from '../../../_components/skeleton'
import { findSlots } from '../../../_lib/api'
import type { ApiError } from '../../../_lib/api-error'
import { bookHref, expertHref } from '../../../_lib/booking-links'
import { serverNow } from '../../../_lib/clock'
import { addDays, dateOf } from '../../../_lib/dates'
import type { TimeChoice } from '../../../_lib/hold-store'
import { nearestSlots } from '../../../_lib/nearest-slots'
import { theirTime } from '../../../_lib/their-time'
import { useQuery } from '../../../_lib/use-query'
import { useTexts } from '../../../_lib/use-texts'

type Props = { error: ApiError; wanted: TimeChoice; zone: string; expertZone: string }
const alternativeCount = 6
const daysAround = 7

/** Somebody else was faster, or the time is not offered: says so and offers the nearest times that can be had. */
export const TimeGone = ({ error, wanted, zone, expertZone }: Props) => {
  const texts = useTexts()
  const { formats, messages } = texts
  const text = messages.book
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [error])

  const { consultant, serviceType, durationMinutes, start } = wanted
  const today = dateOf(serverNow(), zone)
  const first = addDays(dateOf(start, zone), -daysAround)
  const from = first < today ? today : first
  const { data } = useQuery({
    key: `slots:near:${JSON.stringify([wanted, zone])}`,
    load: () =>
      findSlots({
        consultant,
        serviceType,
        durationMinutes,
        timeZone: zone,
        start: from,
        end: addDays(from, 2 * daysAround),
      }),
    maxAgeMs: 5_000,
  })
  const alternatives = data && nearestSlots(data, start, alternativeCount)
  const isTaken = error.code !== 'slot_not_offered'
  const when = formats.short(start, { timeZone: zone })
  return (
    <section className="time-gone" aria-labelledby="time-gone-heading">
      <span className="time-gone__icon">
        <Icon name="calendar" />
      </span>
      <h2 id="time-gone-heading" ref={heading} tabIndex={-1}>
        {isTaken ? text.takenTitle : text.notOfferedTitle}
      </h2>
      <p role="status">{isTaken ? text.takenText(when) : text.notOfferedText(when)}</p>
      {alternatives === undefined ? <Skeleton lines={2} /> : null}
      {alternatives?.length === 0 ? <p className="muted">{text.noAlternatives}</p> : null}
      {alternatives && alternatives.length > 0 ? (
        <ul className="slot-grid slot-grid--wide" aria-label={text.alternatives}>
          {alternatives.map((slot) => (
            <li key={slot.start}>
              <Link
                className="slot"
                replace
                href={bookHref({ consultant, serviceType, durationMinutes, start: slot.start })}
              >
                <span className="slot__time">{formats.short(slot.start, { timeZone: zone })}</span>
                <small className="slot__there">{theirTime(slot.start, { visitorZone: zone, expertZone }, texts)}</small>
              </Link>
            </li>
          ))}
        </ul>
      ) : null}
      <Link
        className="button button--quiet"
        href={expertHref(consultant, { service: serviceType, durationMinutes, date: dateOf(start, zone) })}
      >
        {text.allTimes}
      </Link>
    </section>
  )
}
