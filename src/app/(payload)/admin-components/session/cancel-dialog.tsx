'use client'

import { useModal } from '@payloadcms/ui'
import { api } from '../lib/api'
import { useAnswer } from '../lib/use-answer'
import type { RunCommand } from '../lib/use-command'
import { ReasonDialog } from './reason-dialog'
import type { CancellationView, SessionView } from './session-view'
import { useWords } from '../lib/use-words'

type Props = { session: SessionView; slug: string; run: RunCommand }

const Preview = ({ preview: { allowed, refund, reason } }: { preview: CancellationView }) => {
  const { say, weave, money } = useWords()
  if (!allowed) return <p role="alert">{reason}</p>
  return (
    <p>
      {refund.amount > 0 ? (
        <>
          {weave('The customer gets {amount} back.', {
            amount: <strong>{money(refund.amount, refund.currency)}</strong>,
          })}{' '}
        </>
      ) : (
        <>
          <strong>{say('No money goes back.')}</strong>{' '}
        </>
      )}
      {reason}
    </p>
  )
}

/** Cancelling, with what goes back shown before. */
export const CancelDialog = ({ session, slug, run }: Props) => {
  const { say } = useWords()
  const { isModalOpen } = useModal()
  const params = { path: { reference: session.reference } }
  const { value: preview, fault } = useAnswer(
    isModalOpen(slug)
      ? {
          key: session.reference,
          ask: (signal) => api.GET('/api/booking/sessions/{reference}/cancellation', { params, signal }),
        }
      : undefined,
  )
  return (
    <ReasonDialog
      confirm={say('Cancel the session')}
      heading={say('Cancel this session?')}
      onConfirm={(reason) =>
        run({
          send: () => api.POST('/api/booking/sessions/{reference}/cancel', { params, body: { reason } }),
          done: say('Cancelled. Everybody is told, and the time is free again.'),
        })
      }
      slug={slug}
    >
      {fault === undefined ? null : <p role="alert">{fault}</p>}
      {preview === undefined ? <p>{say('Working out what goes back …')}</p> : <Preview preview={preview} />}
    </ReasonDialog>
  )
}
