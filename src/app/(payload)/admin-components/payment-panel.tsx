'use client'

import { useDocumentInfo } from '@payloadcms/ui'
import { useCallback, useEffect, useState } from 'react'
import { actorRoles } from '#shared/actor'
import { heldReasons, paymentStates, payoutStates } from '#payments/payment-states'
import { InstantText } from './lib/instant-text'
import { StatePill } from './lib/state-pill'
import { api } from './lib/api'
import { useAnswer } from './lib/use-answer'
import { PaymentActions } from './payment/payment-actions'
import type { MoneyView, PaymentView } from './payment/payment-view'
import { Timeline } from './payment/timeline'
import { useWords } from './lib/use-words'

const Elsewhere = ({ elsewhere: { reference, recordedBy } }: { elsewhere: NonNullable<PaymentView['elsewhere']> }) => {
  const { say, labelIn } = useWords()
  return (
    <small>
      {say('Paid elsewhere')}
      {reference === null ? '' : `: ${reference}`}
      {recordedBy === null
        ? ''
        : ` · ${say('recorded by {name}', { name: recordedBy.name ?? labelIn(actorRoles, recordedBy.role) })}`}
    </small>
  )
}

const Summary = ({ view: { payment, elsewhere, split, payout } }: { view: PaymentView }) => {
  const { say, weave, money, labelIn } = useWords()
  const text = ({ amount, currency }: MoneyView) => money(amount, currency)
  return (
    <dl className="parley-figures">
      <div>
        <dt>{say('Paid')}</dt>
        <dd>
          {text(payment.amount)} <StatePill label={labelIn(paymentStates, payment.status)} state={payment.status} />
          {elsewhere === null ? null : <Elsewhere elsewhere={elsewhere} />}
        </dd>
      </div>
      <div>
        <dt>{say('Returned')}</dt>
        <dd>{text(payment.refunded)}</dd>
      </div>
      {split === null ? null : (
        <div>
          <dt>{say('Our fee')}</dt>
          <dd>
            {text(split.platformFee)}
            {split.stripeFee === null ? null : (
              <small>{say('Stripe’s: {amount}', { amount: text(split.stripeFee) ?? '–' })}</small>
            )}
          </dd>
        </div>
      )}
      {split === null || payout === null ? null : (
        <div>
          <dt>{say('Consultant’s share')}</dt>
          <dd>
            {text(split.consultantShare)}{' '}
            <StatePill label={labelIn(payoutStates, payout.status)} state={payout.status} />
            {payout.heldReason === null ? null : <small>{labelIn(heldReasons, payout.heldReason)}</small>}
            {payout.heldNote === null ? null : <small>{payout.heldNote}</small>}
            {payout.dueAt === null || payout.status !== 'not_due' ? null : (
              <small>{weave('due {when}', { when: <InstantText instant={payout.dueAt} /> })}</small>
            )}
          </dd>
        </div>
      )}
    </dl>
  )
}

/** The worker asks Stripe within a moment; after so many readings it is left to whoever looks to load the page again. */
const [readAgainMs, mostReadings] = [2_000, 30]

/** At the head of a payment: where its money is, what may be done now, and what happened. */
export const PaymentPanel = () => {
  const { say } = useWords()
  const { data, id } = useDocumentInfo()
  const recorded: unknown = data?.reference
  const reference = id !== undefined && typeof recorded === 'string' ? recorded : undefined
  const [version, setVersion] = useState(0)
  const readAgain = useCallback(() => setVersion((before) => before + 1), [])
  const { value: view, fault } = useAnswer(
    reference === undefined
      ? undefined
      : {
          key: reference,
          ask: (signal) => api.GET('/api/payments/{reference}', { params: { path: { reference } }, signal }),
        },
    `${String(data?.updatedAt)} ${version}`,
  )
  // What was paid elsewhere waits for a person, not for the worker.
  const isUnderWay =
    view?.payment.method !== 'elsewhere' && (view?.refunds.some(({ status }) => status === 'requested') ?? false)
  useEffect(() => {
    if (!isUnderWay || version >= mostReadings) return
    const timer = setTimeout(readAgain, readAgainMs)
    return () => clearTimeout(timer)
  }, [isUnderWay, readAgain, version])
  if (reference === undefined) return null
  return (
    <section
      aria-busy={view === undefined && fault === undefined}
      aria-label={say('This payment')}
      className="parley-panel"
    >
      {fault === undefined ? null : <p role="alert">{fault}</p>}
      {view === undefined && fault === undefined ? <p className="parley-quiet">{say('Loading …')}</p> : null}
      {view === undefined ? null : (
        <>
          <Summary view={view} />
          <PaymentActions onDone={readAgain} view={view} />
          <Timeline items={view.timeline} />
        </>
      )}
    </section>
  )
}
