'use client'

import { ConfirmationModal, useModal } from '@payloadcms/ui'
import { useEffect, useId, useState } from 'react'
import { toDecimal } from '#shared/money'
import { parseAmount } from '#shared/parse-amount'
import { api } from '../lib/api'
import { keepKeys } from '../lib/keep-keys'
import { moneyText } from '../lib/money-text'
import { useAnswer } from '../lib/use-answer'
import type { RunCommand } from '../lib/use-command'
import type { Answer } from '../../../_api/api-types'
import type { MoneyView, PaymentView } from './payment-view'

type Props = { view: PaymentView; slug: string; run: RunCommand }

const text = ({ amount, currency }: MoneyView) => moneyText(amount, currency)

/** So long nobody types: the preview is not asked for at every key. */
const pauseMs = 250

const useSettled = <Value,>(value: Value): Value => {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), pauseMs)
    return () => clearTimeout(timer)
  }, [value])
  return settled
}

const Outcome = ({
  preview: { refusal, amount, platformFee, consultantShare, payoutTakenBack, left },
}: {
  preview: Answer<'previewRefund'>
}) =>
  refusal ? (
    <p className="parley-fault" role="alert">
      {refusal.message}
    </p>
  ) : (
    <p>
      The customer gets <strong>{text(amount)}</strong> back: {text(consultantShare)} from the consultant’s share,{' '}
      {text(platformFee)} from our fee.{' '}
      {payoutTakenBack.amount > 0 ? `${text(payoutTakenBack) ?? ''} was paid out and is taken back. ` : ''}
      {left.amount === 0 ? 'Nothing is left after it.' : `${text(left) ?? ''} stays paid.`}
    </p>
  )

const Form = ({ view, slug, run }: Props) => {
  const { refundable, reference } = view.payment
  const { currency } = refundable
  const [typed, setTyped] = useState<string>(() => toDecimal(refundable))
  const [reason, setReason] = useState('')
  const amount = parseAmount(typed, currency)
  const settled = useSettled(amount)
  const isValid = amount !== undefined && amount > 0
  const path = { reference }
  const { value: preview, fault } = useAnswer(
    settled !== undefined && settled > 0
      ? {
          key: `${reference} ${settled}`,
          ask: (signal) =>
            api.GET('/api/payments/{reference}/refunds/preview', {
              params: { path, query: { amount: settled } },
              signal,
            }),
        }
      : undefined,
  )
  const id = useId()
  const isCurrent = isValid && settled === amount
  const body = (
    <div className="parley-dialog">
      <label htmlFor={`${id}-amount`}>Amount in {currency}</label>
      <input
        aria-describedby={`${id}-outcome`}
        aria-invalid={!isValid}
        id={`${id}-amount`}
        inputMode="decimal"
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={keepKeys}
        value={typed}
      />
      <label htmlFor={`${id}-reason`}>Reason</label>
      <textarea
        id={`${id}-reason`}
        maxLength={1000}
        onChange={(event) => setReason(event.target.value)}
        onKeyDown={keepKeys}
        rows={3}
        value={reason}
      />
      <div aria-live="polite" id={`${id}-outcome`}>
        {!isValid ? (
          <p className="parley-fault">
            This is no amount of {currency}. At most {text(refundable)} can be refunded.
          </p>
        ) : isCurrent && fault !== undefined ? (
          <p className="parley-fault" role="alert">
            {fault}
          </p>
        ) : isCurrent && preview !== undefined && (preview.refusal !== null || preview.amount.amount === amount) ? (
          <Outcome preview={preview} />
        ) : (
          <p>Working out what it does …</p>
        )}
        {reason.trim() ? null : <p className="parley-quiet">Say why: the reason stands in the history.</p>}
      </div>
    </div>
  )
  return (
    <ConfirmationModal
      body={body}
      cancelLabel="Refund nothing"
      confirmLabel="Refund"
      heading="Refund the customer"
      modalSlug={slug}
      onConfirm={async () => {
        await run({
          send: () =>
            api.POST('/api/payments/{reference}/refunds', {
              params: { path },
              // Nothing typed that makes sense, or no reason: the API says so, in the same words as to everybody.
              body: { amount: amount ?? 0, reason: reason.trim() },
            }),
          done:
            view.payment.method === 'elsewhere'
              ? 'Written down. Return it where it was paid, then say so here; the customer is told then.'
              : 'Asked for. Stripe returns it within days; the customer is told.',
        })
      }}
    />
  )
}

/** Giving money back, with what that does shown before. */
export const RefundDialog = (props: Props) => {
  const { isModalOpen } = useModal()
  return isModalOpen(props.slug) ? <Form {...props} /> : null
}
