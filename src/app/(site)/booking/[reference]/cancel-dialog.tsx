'use client'

import { useState } from 'react'
import { keptPayments } from '#payments/payment-states'
import { isOneOf } from '#shared/state-table'
import { Dialog } from '../../_components/dialog'
import { ProblemNotice } from '../../_components/problem-notice'
import { Skeleton } from '../../_components/skeleton'
import { cancelSession, getSession, previewCancellation, type Managed } from '../../_lib/api'
import type { CancellationPreview, Money, Session } from '../../_lib/api-types'
import { inLanguageOfPage } from '../../_lib/error-text'
import { serverNow } from '../../_lib/clock'
import { epochOf } from '../../_lib/dates'
import { isFree } from '../../_lib/money'
import { orAlready } from '../../_lib/or-already'
import type { Texts } from '../../_lib/texts'
import { useCommand } from '../../_lib/use-command'
import { useQuery } from '../../_lib/use-query'
import { useTexts } from '../../_lib/use-texts'

type Props = {
  session: Session
  managed: Managed
  zone: string
  onClose: () => void
  onCancelled: (answer: { session: Session; refund: Money | null }) => void
}

const refundText = (
  refund: Money | null,
  { price, payment }: Session,
  { messages: { booking: text }, formats }: Texts,
): string => {
  if (!price || isFree(price) || !payment || !isOneOf(keptPayments, payment.status)) return text.cancelNoCharge
  if (!refund || isFree(refund)) return text.cancelNoRefund
  const amount = formats.money(refund)
  return refund.amount < price.amount ? text.cancelPartRefund(amount, formats.money(price)) : text.cancelRefund(amount)
}

/** Shows what cancelling would do before it is done. */
export const CancelDialog = ({ session, managed, zone, onClose, onCancelled }: Props) => {
  const texts = useTexts()
  const { messages } = texts
  const text = messages.booking
  const [reason, setReason] = useState('')
  // Never from the cache: the refund depends on the minute.
  const [openedAt] = useState(serverNow)
  const {
    data: preview,
    error,
    reload,
  } = useQuery({
    key: `cancellation:${managed.reference}:${openedAt}`,
    load: () => previewCancellation(managed),
    maxAgeMs: 0,
  })
  const cancel = useCommand({
    send: (body: { reason?: string }, key: string) =>
      orAlready<{ session: Session; refund: Money | null }, Session>({
        act: () => cancelSession(managed, body, key),
        read: () => getSession(managed),
        isSo: ({ status }) => status === 'cancelled_by_user',
        // As the first answer said: what is to be returned is counted from the moment on that it is cancelled.
        toDone: (cancelled) => ({ session: cancelled, refund: cancelled.payment?.refunded ?? null }),
      }),
    onDone: onCancelled,
  })

  return (
    <Dialog title={text.cancelTitle} onClose={onClose}>
      {error ? <ProblemNotice error={error} onRetry={reload} /> : null}
      {!preview && !error ? (
        <>
          <p className="muted">{text.cancelLoading}</p>
          <Skeleton lines={1} />
        </>
      ) : null}
      {preview ? (
        <div className="refund" role="status">
          {preview.allowed ? (
            <p className="refund__amount">{refundText(preview.refund, session, texts)}</p>
          ) : (
            <p>
              {text.cancelNotAllowed} {inLanguageOfPage(preview.reason, texts)}
            </p>
          )}
          <Deadline preview={preview} session={session} zone={zone} />
        </div>
      ) : null}
      {preview?.allowed ? (
        <label className="field">
          <span className="field__label">
            {text.cancelReason} <span className="field__optional">({messages.common.optional})</span>
          </span>
          <textarea
            className="input input--area"
            rows={2}
            maxLength={1000}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        </label>
      ) : null}
      {cancel.error ? <ProblemNotice error={cancel.error} takesFocus /> : null}
      <div className="dialog__actions">
        <button type="button" className="button button--quiet" onClick={onClose}>
          {text.cancelKeep}
        </button>
        {preview?.allowed ? (
          <button
            type="button"
            className="button button--danger-solid"
            aria-disabled={cancel.isRunning || undefined}
            onClick={() => cancel.run(reason.trim() ? { reason: reason.trim() } : {})}
          >
            {cancel.isRunning ? text.cancelling : text.cancelConfirm}
          </button>
        ) : null}
      </div>
    </Dialog>
  )
}

type DeadlineProps = { preview: CancellationPreview; session: Session; zone: string }

const Deadline = ({ preview, session, zone }: DeadlineProps) => {
  const { formats, messages } = useTexts()
  const text = messages.booking
  return preview.deadline && !isFree(session.price) && epochOf(preview.deadline) > serverNow() ? (
    <p className="muted">{text.cancelDeadline(formats.short(preview.deadline, { timeZone: zone }))}</p>
  ) : null
}
