'use client'

import { Button, useAuth, useModal } from '@payloadcms/ui'
import { useState } from 'react'
import { api } from '../lib/api'
import { useCommand } from '../lib/use-command'
import { CancelDialog } from './cancel-dialog'
import { ReasonDialog } from './reason-dialog'
import { RescheduleDrawer } from './reschedule-drawer'
import type { SessionView } from './session-view'
import { useWords } from '../lib/use-words'

const dialogs = {
  decline: 'decline-session',
  'no-show': 'no-show-session',
  cancel: 'cancel-session',
  reschedule: 'reschedule-session',
}

const absent = {
  customer: {
    label: 'Customer did not come',
    question: 'Customer did not come?',
    done: 'Recorded: the customer did not come.',
  },
  consultant: {
    label: 'Consultant did not come',
    question: 'Consultant did not come?',
    done: 'Recorded: the consultant did not come.',
  },
} as const

/** What the API answers when something speaks against a report. */
const claimMade = 202
const claimDone = 'Reported. Something speaks against it, so operations decide; the payout waits until then.'

/** What whoever is logged in may do with a session now; the API says what that is, and checks it again. */
export const SessionActions = ({ session }: { session: SessionView }) => {
  const { say } = useWords()
  const { user } = useAuth()
  const { openModal } = useModal()
  const { run, isRunning } = useCommand()
  const [who, setWho] = useState<keyof typeof absent>('customer')
  const isStaff = Boolean(user?.roles?.some((role: string) => role === 'admin' || role === 'operations'))
  const may = (action: SessionView['actions'][number]): boolean => session.actions.includes(action)
  const params = { path: { reference: session.reference } }
  const act = (action: 'confirm' | 'start' | 'complete', done: string) =>
    void run({ send: () => api.POST(`/api/booking/sessions/{reference}/${action}`, { params }), done })
  const reportNoShow = (side: keyof typeof absent) => {
    setWho(side)
    openModal(dialogs['no-show'])
  }
  // A consultant can report the other side alone.
  const sides = isStaff ? (['customer', 'consultant'] as const) : (['customer'] as const)
  const common = { disabled: isRunning, margin: false, size: 'medium', type: 'button' } as const

  // What is done with a claim stands beside it.
  const elsewhere: readonly string[] = ['review', 'pay', 'answer-claim', 'withdraw-claim', 'decide-claim']
  if (!session.actions.some((action) => !elsewhere.includes(action))) {
    return <p className="parley-quiet">{say('There is nothing to do with this session now.')}</p>
  }
  return (
    <div aria-label={say('What can be done now')} className="parley-actions" role="group">
      {may('confirm') && (
        <Button {...common} onClick={() => act('confirm', say('Confirmed. Everybody is told.'))}>
          {say('Confirm')}
        </Button>
      )}
      {may('start') && (
        <Button {...common} onClick={() => act('start', say('The session has begun.'))}>
          {say('Start')}
        </Button>
      )}
      {may('complete') && (
        <Button {...common} onClick={() => act('complete', say('The session is completed.'))}>
          {say('Complete')}
        </Button>
      )}
      {may('join') && session.meeting && (
        <Button {...common} buttonStyle="secondary" el="anchor" newTab url={session.meeting.joinUrl}>
          {say('Open the room')}
        </Button>
      )}
      {may('no-show') &&
        sides.map((side) => (
          <Button {...common} buttonStyle="secondary" key={side} onClick={() => reportNoShow(side)}>
            {say(absent[side].label)}
          </Button>
        ))}
      {may('reschedule') && (
        <Button {...common} buttonStyle="secondary" onClick={() => openModal(dialogs.reschedule)}>
          {say('Reschedule')}
        </Button>
      )}
      {may('decline') && (
        <Button {...common} buttonStyle="error" onClick={() => openModal(dialogs.decline)}>
          {say('Decline')}
        </Button>
      )}
      {may('cancel') && (
        <Button {...common} buttonStyle="error" onClick={() => openModal(dialogs.cancel)}>
          {say('Cancel session')}
        </Button>
      )}
      <ReasonDialog
        confirm={say('Decline')}
        heading={say('Decline this session?')}
        onConfirm={(reason) =>
          run({
            send: () => api.POST('/api/booking/sessions/{reference}/decline', { params, body: { reason } }),
            done: say('Declined. The customer is told.'),
          })
        }
        slug={dialogs.decline}
      >
        <p>{say('The time is free again, and what was authorised on the card is given back.')}</p>
      </ReasonDialog>
      <ReasonDialog
        confirm={say('Record it')}
        heading={say(absent[who].question)}
        onConfirm={(reason) =>
          run({
            send: () => api.POST('/api/booking/sessions/{reference}/no-show', { params, body: { who, reason } }),
            done: ({ response }) => say(response.status === claimMade ? claimDone : absent[who].done),
          })
        }
        slug={dialogs['no-show']}
      >
        <p>
          {who === 'consultant'
            ? say('The customer gets the whole amount back.')
            : say('The customer gets back what the no-show policy says.')}{' '}
          {isStaff ? null : say('Where something speaks against it, operations decide first.')}
        </p>
      </ReasonDialog>
      <CancelDialog run={run} session={session} slug={dialogs.cancel} />
      <RescheduleDrawer isRunning={isRunning} run={run} session={session} slug={dialogs.reschedule} />
    </div>
  )
}
