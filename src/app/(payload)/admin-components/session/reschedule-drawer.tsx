'use client'

import { Button, Drawer, useModal } from '@payloadcms/ui'
import { useId, useState } from 'react'
import { api } from '../lib/api'
import { keepKeys } from '../lib/keep-keys'
import type { RunCommand } from '../lib/use-command'
import { FreeTimes } from './free-times'
import { SessionTimes } from './session-times'
import type { SessionView, SlotView } from './session-view'

type Props = { session: SessionView; slug: string; isRunning: boolean; run: RunCommand }

const Choice = ({ session, slug, isRunning, run }: Props) => {
  const { closeModal } = useModal()
  const [slot, setSlot] = useState<SlotView>()
  const [reason, setReason] = useState('')
  const id = useId()
  const move = async (start: string) => {
    const body = { start, ...(reason.trim() ? { reason: reason.trim() } : {}) }
    const isDone = await run({
      send: () =>
        api.POST('/api/booking/sessions/{reference}/reschedule', {
          params: { path: { reference: session.reference } },
          body,
        }),
      done: 'Moved. Everybody is told, and the calendars follow.',
    })
    if (isDone) closeModal(slug)
  }
  return (
    <div className="parley-reschedule">
      <p>
        {session.serviceType.name} with {session.consultant.name}, {session.durationMinutes} minutes. Nothing is charged
        again.
      </p>
      <FreeTimes chosen={slot?.start} onChoose={setSlot} session={session} />
      {slot && (
        <div className="parley-panel">
          <h4>New time</h4>
          <SessionTimes end={slot.end} session={session} start={slot.start} />
          <label htmlFor={id}>Reason (optional)</label>
          <textarea
            id={id}
            maxLength={1000}
            onChange={(event) => setReason(event.target.value)}
            onKeyDown={keepKeys}
            rows={2}
            value={reason}
          />
          <Button disabled={isRunning} onClick={() => void move(slot.start)} type="button">
            Move the session
          </Button>
        </div>
      )}
    </div>
  )
}

/** Moving a session to another free time of its consultant. */
export const RescheduleDrawer = (props: Props) => {
  const { isModalOpen } = useModal()
  return (
    <Drawer slug={props.slug} title="Reschedule">
      {isModalOpen(props.slug) ? <Choice {...props} /> : null}
    </Drawer>
  )
}
