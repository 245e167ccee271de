'use client'

import { Button, Drawer, useModal } from '@payloadcms/ui'
import { useId, useState } from 'react'
import { api } from '../lib/api'
import { keepKeys } from '../lib/keep-keys'
import type { RunCommand } from '../lib/use-command'
import { FreeTimes } from './free-times'
import { SessionTimes } from './session-times'
import type { SessionView, SlotView } from './session-view'
import { useWords } from '../lib/use-words'

type Props = { session: SessionView; slug: string; isRunning: boolean; run: RunCommand }

const Choice = ({ session, slug, isRunning, run }: Props) => {
  const { say } = useWords()
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
      done: say('Moved. Everybody is told, and the calendars follow.'),
    })
    if (isDone) closeModal(slug)
  }
  return (
    <div className="parley-reschedule">
      <p>
        {session.serviceType.name}:{' '}
        {say('{minutes} minutes with {name}. Nothing is charged again.', {
          minutes: session.durationMinutes,
          name: session.consultant.name,
        })}
      </p>
      <FreeTimes chosen={slot?.start} onChoose={setSlot} session={session} />
      {slot && (
        <div className="parley-panel">
          <h4>{say('New time')}</h4>
          <SessionTimes end={slot.end} session={session} start={slot.start} />
          <label htmlFor={id}>{say('Reason (optional)')}</label>
          <textarea
            id={id}
            maxLength={1000}
            onChange={(event) => setReason(event.target.value)}
            onKeyDown={keepKeys}
            rows={2}
            value={reason}
          />
          <Button disabled={isRunning} onClick={() => void move(slot.start)} type="button">
            {say('Move the session')}
          </Button>
        </div>
      )}
    </div>
  )
}

/** Moving a session to another free time of its consultant. */
export const RescheduleDrawer = (props: Props) => {
  const { say } = useWords()
  const { isModalOpen } = useModal()
  return (
    <Drawer slug={props.slug} title={say('Reschedule')}>
      {isModalOpen(props.slug) ? <Choice {...props} /> : null}
    </Drawer>
  )
}
