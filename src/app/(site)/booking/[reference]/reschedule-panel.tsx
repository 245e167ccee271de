'use client'

import { useEffect, useRef, useState } from 'react'
import { sessionRow } from '#sessions/session-states'
import { ProblemNotice } from '../../_components/problem-notice'
import { SlotPicker } from '../../_components/slot-picker'
import { TimeInZones } from '../../_components/time-in-zones'
import { Notice } from '../../_components/notice'
import { getSession, rescheduleSession, type Managed } from '../../_lib/api'
import type { Session, Slot } from '../../_lib/api-types'
import { dateOf, isSameInstant, minutesBetween } from '../../_lib/dates'
import { orAlready } from '../../_lib/or-already'
import { useCommand } from '../../_lib/use-command'
import { forget } from '../../_lib/use-query'
import { useTexts } from '../../_lib/use-texts'

type Props = {
  session: Session
  managed: Managed
  zone: string
  onClose: () => void
  onMoved: (session: Session) => void
}

/** Choose another time, see both, confirm. A time that is taken meanwhile leads back to the choice, the old one kept. */
export const ReschedulePanel = ({ session, managed, zone, onClose, onMoved }: Props) => {
  const { messages } = useTexts()
  const text = messages.booking
  const [slot, setSlot] = useState<Slot>()
  const [reason, setReason] = useState('')
  const [wasTaken, setWasTaken] = useState(false)
  const heading = useRef<HTMLHeadingElement>(null)
  const confirmHeading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  useEffect(() => {
    if (slot) confirmHeading.current?.focus()
  }, [slot])

  const move = useCommand({
    send: (body: { start: string; reason?: string }, key: string) =>
      orAlready({
        act: async () => (await rescheduleSession(managed, body, key)).session,
        read: () => getSession(managed),
        isSo: (now) => isSameInstant(now.start, body.start) && !sessionRow(now.status).terminal,
        toDone: (now) => now,
      }),
    onDone: onMoved,
    onRefused: ({ code }) => {
      if (code !== 'slot_taken' && code !== 'slot_not_offered') return
      forget('slots:')
      setSlot(undefined)
      setWasTaken(true)
      heading.current?.focus()
    },
  })

  const choose = (chosen: Slot): void => {
    move.clear()
    setWasTaken(false)
    setSlot(chosen)
  }

  const { consultant, serviceType, start, end } = session
  return (
    <section className="panel reschedule" aria-labelledby="reschedule-heading">
      <div className="reschedule__head">
        <h2 id="reschedule-heading" ref={heading} tabIndex={-1}>
          {text.reschedule}
        </h2>
        <button type="button" className="button button--small button--quiet" onClick={onClose}>
          {text.rescheduleKeep}
        </button>
      </div>
      <p className="muted">{text.rescheduleIntro}</p>
      <div role="status">{wasTaken ? <Notice tone="warn" icon="alert" title={text.rescheduleTaken} /> : null}</div>
      <div className="reschedule__columns">
        <SlotPicker
          source={{
            consultant: consultant.slug,
            serviceType: serviceType.slug,
            durationMinutes: minutesBetween(start, end),
            timeZone: zone,
          }}
          expert={consultant}
          own={{ start, label: messages.slots.present }}
          initialDate={dateOf(start, zone)}
          target={{ onChoose: choose, chosen: slot?.start ?? null }}
        />
        {slot ? (
          <div className="reschedule__confirm">
            <h3 ref={confirmHeading} tabIndex={-1}>
              {text.rescheduleTo}
            </h3>
            <TimeInZones start={slot.start} end={slot.end} zone={zone} expertZone={consultant.timeZone} />
            <h3>{text.rescheduleFrom}</h3>
            <s>
              <TimeInZones start={start} end={end} zone={zone} expertZone={consultant.timeZone} />
            </s>
            <label className="field">
              <span className="field__label">
                {text.rescheduleReason} <span className="field__optional">({messages.common.optional})</span>
              </span>
              <textarea
                className="input input--area"
                rows={2}
                maxLength={1000}
                value={reason}
                onChange={(event) => setReason(event.target.value)}
              />
            </label>
            {move.error ? <ProblemNotice error={move.error} takesFocus /> : null}
            <button
              type="button"
              className="button button--wide"
              aria-disabled={move.isRunning || undefined}
              onClick={() => move.run({ start: slot.start, ...(reason.trim() ? { reason: reason.trim() } : {}) })}
            >
              {move.isRunning ? text.rescheduling : text.rescheduleConfirm}
            </button>
          </div>
        ) : null}
      </div>
    </section>
  )
}
