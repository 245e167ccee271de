'use client'

import { Button, useModal } from '@payloadcms/ui'
import { api } from '../lib/api'
import { useCommand } from '../lib/use-command'
import { ReasonDialog } from './reason-dialog'
import type { SessionView } from './session-view'
import { useWords } from '../lib/use-words'

const dialogs = { grant: 'grant-claim', reject: 'reject-claim', answer: 'answer-claim', withdraw: 'withdraw-claim' }

/** What whoever is logged in may do with the claim about a session now; the API says what that is, and checks it again. */
export const ClaimActions = ({ session }: { session: SessionView }) => {
  const { say } = useWords()
  const { openModal } = useModal()
  const { run, isRunning } = useCommand()
  const may = (action: SessionView['actions'][number]): boolean => session.actions.includes(action)
  const params = { path: { reference: session.reference } }
  const common = { disabled: isRunning, margin: false, size: 'medium', type: 'button' } as const
  const decide = (decision: 'grant' | 'reject', reason: string | undefined) =>
    run({
      send: () =>
        api.POST('/api/booking/sessions/{reference}/claim/decide', {
          params,
          body: { decision, reason: reason ?? '' },
        }),
      done: decision === 'grant' ? say('Granted. Both sides are told.') : say('Rejected. Both sides are told.'),
    })
  if (!may('decide-claim') && !may('answer-claim') && !may('withdraw-claim')) return null
  return (
    <div aria-label={say('What can be done with the claim')} className="parley-actions" role="group">
      {may('decide-claim') && (
        <>
          <Button {...common} onClick={() => openModal(dialogs.grant)}>
            {say('Grant')}
          </Button>
          <Button {...common} buttonStyle="secondary" onClick={() => openModal(dialogs.reject)}>
            {say('Reject')}
          </Button>
        </>
      )}
      {may('answer-claim') && (
        <Button {...common} onClick={() => openModal(dialogs.answer)}>
          {say('Answer the claim')}
        </Button>
      )}
      {may('withdraw-claim') && (
        <Button {...common} buttonStyle="secondary" onClick={() => openModal(dialogs.withdraw)}>
          {say('Withdraw the claim')}
        </Button>
      )}
      <ReasonDialog
        confirm={say('Grant it')}
        heading={say('Grant this claim?')}
        needsReason
        onConfirm={(reason) => decide('grant', reason)}
        slug={dialogs.grant}
      >
        <p>
          {say('What is said under “If granted” is done at once, and cannot be undone. Both sides read the reason.')}
        </p>
      </ReasonDialog>
      <ReasonDialog
        confirm={say('Reject it')}
        heading={say('Reject this claim?')}
        needsReason
        onConfirm={(reason) => decide('reject', reason)}
        slug={dialogs.reject}
      >
        <p>{say('Nothing is returned, and the payout goes on. Both sides read the reason.')}</p>
      </ReasonDialog>
      <ReasonDialog
        confirm={say('Send the answer')}
        heading={say('How was it?')}
        label={say('Your answer')}
        needsReason
        onConfirm={(text) =>
          run({
            send: () =>
              api.POST('/api/booking/sessions/{reference}/claim/answer', { params, body: { text: text ?? '' } }),
            done: say('Sent. Operations decide.'),
          })
        }
        slug={dialogs.answer}
      >
        <p>{say('Operations and the other side read it. It can be sent once.')}</p>
      </ReasonDialog>
      <ReasonDialog
        confirm={say('Withdraw it')}
        hasReason={false}
        heading={say('Withdraw your claim?')}
        onConfirm={() =>
          run({
            send: () => api.POST('/api/booking/sessions/{reference}/claim/withdraw', { params, body: {} }),
            done: say('Withdrawn. The payout goes on.'),
          })
        }
        slug={dialogs.withdraw}
      >
        <p>{say('The session counts as before, and the payout goes on.')}</p>
      </ReasonDialog>
    </div>
  )
}
