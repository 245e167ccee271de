'use client'

import { Button, useModal } from '@payloadcms/ui'
import { api } from '../lib/api'
import { useCommand } from '../lib/use-command'
import { ReasonDialog } from './reason-dialog'
import type { SessionView } from './session-view'

const dialogs = { grant: 'grant-claim', reject: 'reject-claim', answer: 'answer-claim', withdraw: 'withdraw-claim' }

/** What whoever is logged in may do with the claim about a session now; the API says what that is, and checks it again. */
export const ClaimActions = ({ session }: { session: SessionView }) => {
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
      done: decision === 'grant' ? 'Granted. Both sides are told.' : 'Rejected. Both sides are told.',
    })
  if (!may('decide-claim') && !may('answer-claim') && !may('withdraw-claim')) return null
  return (
    <div aria-label="What can be done with the claim" className="parley-actions" role="group">
      {may('decide-claim') && (
        <>
          <Button {...common} onClick={() => openModal(dialogs.grant)}>
            Grant
          </Button>
          <Button {...common} buttonStyle="secondary" onClick={() => openModal(dialogs.reject)}>
            Reject
          </Button>
        </>
      )}
      {may('answer-claim') && (
        <Button {...common} onClick={() => openModal(dialogs.answer)}>
          Answer the claim
        </Button>
      )}
      {may('withdraw-claim') && (
        <Button {...common} buttonStyle="secondary" onClick={() => openModal(dialogs.withdraw)}>
          Withdraw the claim
        </Button>
      )}
      <ReasonDialog
        confirm="Grant it"
        heading="Grant this claim?"
        needsReason
        onConfirm={(reason) => decide('grant', reason)}
        slug={dialogs.grant}
      >
        <p>What is said under “If granted” is done at once, and cannot be undone. Both sides read the reason.</p>
      </ReasonDialog>
      <ReasonDialog
        confirm="Reject it"
        heading="Reject this claim?"
        needsReason
        onConfirm={(reason) => decide('reject', reason)}
        slug={dialogs.reject}
      >
        <p>Nothing is returned, and the payout goes on. Both sides read the reason.</p>
      </ReasonDialog>
      <ReasonDialog
        confirm="Send the answer"
        heading="How was it?"
        label="Your answer"
        needsReason
        onConfirm={(text) =>
          run({
            send: () =>
              api.POST('/api/booking/sessions/{reference}/claim/answer', { params, body: { text: text ?? '' } }),
            done: 'Sent. Operations decide.',
          })
        }
        slug={dialogs.answer}
      >
        <p>Operations and the other side read it. It can be sent once.</p>
      </ReasonDialog>
      <ReasonDialog
        confirm="Withdraw it"
        hasReason={false}
        heading="Withdraw your claim?"
        onConfirm={() =>
          run({
            send: () => api.POST('/api/booking/sessions/{reference}/claim/withdraw', { params, body: {} }),
            done: 'Withdrawn. The payout goes on.',
          })
        }
        slug={dialogs.withdraw}
      >
        <p>The session counts as before, and the payout goes on.</p>
      </ReasonDialog>
    </div>
  )
}
