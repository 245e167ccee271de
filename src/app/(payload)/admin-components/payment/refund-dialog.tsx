'use client'

import { ConfirmationModal, useModal } from '@payloadcms/ui'
import { useEffect, useId, useState } from 'react'
import { toDecimal } from '#shared/money'
import { parseAmount } from '#shared/parse-amount'
import { api } from '../lib/api'
import { keepKeys } from '../lib/keep-keys'
import { useAnswer } from '../lib/use-answer'
import type { RunCommand } from '../lib/use-command'
import type { Answer } from '../../../_api/api-types'
import type { MoneyView, PaymentView } from './payment-view'
import { useWords } from '../lib/use-words'

type Props = { view: PaymentView; slug: string; run: RunCommand }

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
}) => {
  const { say, weave, money } = useWords()
  const text = ({ amount: part, currency }: MoneyView) => money(part, currency) ?? '–'
  if (refusal) {
    return (
      <p className="parley-fault" role="alert">
        {refusal.message}
      </p>
    )
  }
  return (
    <p>
      {weave('The customer gets {amount} back: {payout} from the consultant’s share, {fee} from our fee.', {
        amount: <strong>{text(amount)}</strong>,
        payout: text(consultantShare),
        fee: text(platformFee),
      })}{' '}
      {payoutTakenBack.amount > 0
        ? `${say('{amount} was paid out and is taken back.', { amount: text(payoutTakenBack) })} `
        : ''}
      {left.amount === 0 ? say('Nothing is left after it.') : say('{amount} stays paid.', { amount: text(left) })}
    </p>
  )
}

const Form = ({ view, slug, run }: Props) => {
  const { say, money } = useWords()
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
      <label htmlFor={`${id}-amount`}>{say('Amount in {currency}', { currency })}</label>
      <input
        aria-describedby={`${id}-outcome`}
        aria-invalid={!isValid}
        id={`${id}-amount`}
        inputMode="decimal"
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={keepKeys}
        value={typed}
      />
      <label htmlFor={`${id}-reason`}>{say('Reason')}</label>
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
            {say('This is no amount of {currency}. At most {most} can be refunded.', {
              currency,
              most: money(refundable.amount, currency) ?? '–',
            })}
          </p>
        ) : isCurrent && fault !== undefined ? (
          <p className="parley-fault" role="alert">
            {fault}
          </p>
        ) : isCurrent && preview !== undefined && (preview.refusal !== null || preview.amount.amount === amount) ? (
          <Outcome preview={preview} />
        ) : (
          <p>{say('Working out what it does …')}</p>
        )}
        {reason.trim() ? null : <p className="parley-quiet">{say('Say why: the reason stands in the history.')}</p>}
      </div>
    </div>
  )
  return (
    <ConfirmationModal
      body={body}
      cancelLabel={say('Refund nothing')}
      confirmLabel={say('Refund')}
      heading={say('Refund the customer')}
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
              ? say('Written down. Return it where it was paid, then say so here; the customer is told then.')
              : say('Asked for. Stripe returns it within days; the customer is told.'),
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
