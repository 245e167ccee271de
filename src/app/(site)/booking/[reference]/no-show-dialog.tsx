'use client'

import { useState } from 'react'
import { keptPayments } from '#payments/payment-states'
import { isOneOf } from '#shared/state-table'
import { Dialog } from '../../_components/dialog'
import { ProblemNotice } from '../../_components/problem-notice'
import { getSession, reportNoShow, type Managed } from '../../_lib/api'
import type { Session } from '../../_lib/api-types'
import { isFree } from '../../_lib/money'
import { orAlready } from '../../_lib/or-already'
import type { Formats } from '../../_lib/format'
import type { SiteWords } from '../../_words/en'
import { useCommand } from '../../_lib/use-command'
import { useTexts } from '../../_lib/use-texts'

type Props = {
  session: Session
  managed: Managed
  onClose: () => void
  /** The session as it is now, and what to say. */
  onReported: (session: Session, result: string) => void
}

/** What there is of the price to go back; undefined where nothing was paid with us. */
const paidPrice = ({ price, payment }: Session, formats: Formats): string | undefined => {
  if (!price || !payment || !isOneOf(keptPayments, payment.status)) return undefined
  const left = { ...price, amount: price.amount - payment.refunded.amount }
  return isFree(left) ? undefined : formats.money(left)
}

const resultOf = (after: Session, amount: string | undefined, text: SiteWords['booking']['noShow']): string => {
  if (after.claim?.state === 'open') return text.doneClaimed
  return amount === undefined ? text.done : text.doneReturned(amount)
}

const isReported = ({ status, claim }: Session): boolean =>
  status === 'no_show_consultant' || (claim?.state === 'open' && claim.missing === 'consultant')

/** Says what follows before it is reported that the expert did not come. */
export const NoShowDialog = ({ session, managed, onClose, onReported }: Props) => {
  const { formats, messages } = useTexts()
  const text = messages.booking.noShow
  const [reason, setReason] = useState('')
  const amount = paidPrice(session, formats)
  const report = useCommand({
    send: (body: { reason?: string }, key: string) =>
      orAlready({
        act: async () => (await reportNoShow(managed, body, key)).session,
        read: () => getSession(managed),
        isSo: isReported,
        toDone: (after) => after,
      }),
    onDone: (after) => onReported(after, resultOf(after, amount, text)),
  })
  const { name } = session.consultant
  return (
    <Dialog title={text.title(name)} onClose={onClose}>
      <p>
        {text.recorded} {amount === undefined ? null : text.returned(amount)} {text.final}
      </p>
      <p>{text.claimed(name)}</p>
      <label className="field">
        <span className="field__label">
          {text.reason} <span className="field__optional">({messages.common.optional})</span>
        </span>
        <span className="field__hint">{text.reasonHint}</span>
        <textarea
          className="input input--area"
          rows={3}
          maxLength={1000}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      </label>
      {report.error ? <ProblemNotice error={report.error} takesFocus /> : null}
      <div className="dialog__actions">
        <button type="button" className="button button--quiet" onClick={onClose}>
          {text.keep}
        </button>
        <button
          type="button"
          className="button button--danger-solid"
          aria-disabled={report.isRunning || undefined}
          onClick={() => report.run(reason.trim() ? { reason: reason.trim() } : {})}
        >
          {report.isRunning ? text.reporting : text.confirm}
        </button>
      </div>
    </Dialog>
  )
}
