'use client'

import { useModal } from '@payloadcms/ui'
import { moneyText } from '../lib/money-text'
import { useAnswer } from '../lib/use-answer'
import type { useCommand } from '../lib/use-command'
import { ReasonDialog } from './reason-dialog'
import { type CancellationView, type SessionView, toCancellationView } from './session-view'

type Props = { session: SessionView; slug: string; run: ReturnType<typeof useCommand>['run'] }

const Preview = ({ preview: { allowed, refund, reason } }: { preview: CancellationView }) => {
  if (!allowed) return <p role="alert">{reason}</p>
  return (
    <p>
      {refund.amount > 0 ? (
        <>
          The customer gets <strong>{moneyText(refund.amount, refund.currency)}</strong> back.{' '}
        </>
      ) : (
        <>
          <strong>No money goes back.</strong>{' '}
        </>
      )}
      {reason}
    </p>
  )
}

/** Cancelling, with what goes back shown before. */
export const CancelDialog = ({ session, slug, run }: Props) => {
  const { isModalOpen } = useModal()
  const base = `/booking/sessions/${session.reference}`
  const path = isModalOpen(slug) ? `${base}/cancellation` : undefined
  const { value: preview, fault } = useAnswer(path, toCancellationView)
  return (
    <ReasonDialog
      confirm="Cancel the session"
      heading="Cancel this session?"
      onConfirm={(reason) =>
        run({
          path: `${base}/cancel`,
          body: { reason },
          done: 'Cancelled. Everybody is told, and the time is free again.',
        })
      }
      slug={slug}
    >
      {fault === undefined ? null : <p role="alert">{fault}</p>}
      {preview === undefined ? <p>Working out what goes back …</p> : <Preview preview={preview} />}
    </ReasonDialog>
  )
}
