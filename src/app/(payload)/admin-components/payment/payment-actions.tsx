'use client'

import { Button, useModal } from '@payloadcms/ui'
import { Fragment, useState } from 'react'
import { api } from '../lib/api'
import { type RunCommand, useCommand } from '../lib/use-command'
import type { PaymentView } from './payment-view'
import { type PayoutAction, PayoutDialog } from './payout-dialog'
import { RefundDialog } from './refund-dialog'
import { ReturnedDialog } from './returned-dialog'
import { useWords } from '../lib/use-words'

const dialogs = { refund: 'refund-payment', payout: 'change-payout' }
const returnedDialog = (refund: string): string => `returned-${refund}`

/** What staff may do with a payment now; the API says what that is, and checks it again. */
export const PaymentActions = ({ view, onDone }: { view: PaymentView; onDone: () => void }) => {
  const { say, money } = useWords()
  const { openModal } = useModal()
  const { run: send, isRunning } = useCommand()
  const run: RunCommand = async (command) => {
    const isDone = await send(command)
    if (isDone) onDone()
    return isDone
  }
  const [payoutAction, setPayoutAction] = useState<PayoutAction>('hold')
  const { reference } = view.payment
  const may = (action: PaymentView['actions'][number]): boolean => view.actions.includes(action)
  const askForPayout = (action: PayoutAction) => {
    setPayoutAction(action)
    openModal(dialogs.payout)
  }
  const common = { disabled: isRunning, margin: false, size: 'medium', type: 'button' } as const
  if (!view.actions.length) return null
  return (
    <div aria-label={say('What can be done now')} className="parley-actions" role="group">
      {may('refund') && (
        <Button {...common} onClick={() => openModal(dialogs.refund)}>
          {say('Refund')}
        </Button>
      )}
      {view.refunds.map(({ reference: refund, amount, actions }) => (
        <Fragment key={refund}>
          {actions.includes('retry') && (
            <Button
              {...common}
              buttonStyle="secondary"
              onClick={() =>
                void run({
                  send: () =>
                    api.POST('/api/payments/refunds/{reference}/retry', { params: { path: { reference: refund } } }),
                  done: say('Asked for again. Stripe returns it within days.'),
                })
              }
            >
              {say('Try the refund of {amount} again', { amount: money(amount.amount, amount.currency) ?? '–' })}
            </Button>
          )}
          {actions.includes('returned') && (
            <>
              <Button {...common} onClick={() => openModal(returnedDialog(refund))}>
                {say('The refund of {amount} was returned', { amount: money(amount.amount, amount.currency) ?? '–' })}
              </Button>
              <ReturnedDialog
                amount={money(amount.amount, amount.currency)}
                refund={refund}
                run={run}
                slug={returnedDialog(refund)}
              />
            </>
          )}
          {actions.includes('cancel') && (
            <Button
              {...common}
              buttonStyle="secondary"
              onClick={() =>
                void run({
                  send: () =>
                    api.POST('/api/payments/refunds/{reference}/cancel', { params: { path: { reference: refund } } }),
                  done: say('Cancelled. Nothing is returned.'),
                })
              }
            >
              {say('Cancel the refund of {amount}', { amount: money(amount.amount, amount.currency) ?? '–' })}
            </Button>
          )}
        </Fragment>
      ))}
      {may('hold_payout') && (
        <Button {...common} buttonStyle="secondary" onClick={() => askForPayout('hold')}>
          {say('Hold payout')}
        </Button>
      )}
      {may('release_payout') && (
        <Button {...common} buttonStyle="secondary" onClick={() => askForPayout('release')}>
          {say('Release payout')}
        </Button>
      )}
      {may('retry_payout') && (
        <Button {...common} buttonStyle="secondary" onClick={() => askForPayout('retry')}>
          {say('Try payout again')}
        </Button>
      )}
      {may('refresh') && (
        <Button
          {...common}
          buttonStyle="secondary"
          onClick={() =>
            void run({
              send: () => api.POST('/api/payments/{reference}/refresh', { params: { path: { reference } } }),
              done: say('Read again from Stripe.'),
            })
          }
        >
          {say('Read again from Stripe')}
        </Button>
      )}
      <RefundDialog run={run} slug={dialogs.refund} view={view} />
      <PayoutDialog action={payoutAction} run={run} slug={dialogs.payout} view={view} />
    </div>
  )
}
