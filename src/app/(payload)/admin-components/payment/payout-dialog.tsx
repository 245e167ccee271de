'use client'

import { useModal } from '@payloadcms/ui'
import { api } from '../lib/api'
import { useAnswer } from '../lib/use-answer'
import type { RunCommand } from '../lib/use-command'
import { ReasonDialog } from '../session/reason-dialog'
import type { AdminText } from '../words/admin-words'
import type { PaymentView } from './payment-view'
import { useWords } from '../lib/use-words'

export type PayoutAction = 'hold' | 'release' | 'retry'

const words = {
  hold: {
    heading: 'Hold this payout back?',
    confirm: 'Hold back',
    what: 'Nothing is paid out for this session until somebody releases it. The consultant sees the reason.',
    done: 'Held back.',
  },
  release: {
    heading: 'Release this payout?',
    confirm: 'Release',
    what: 'It is paid out as soon as it is due.',
    done: 'Released.',
  },
  retry: {
    heading: 'Try this payout again?',
    confirm: 'Try again',
    what: 'Stripe is asked once more.',
    done: 'It is tried again.',
  },
} as const satisfies Record<PayoutAction, Readonly<Record<'heading' | 'confirm' | 'what' | 'done', AdminText>>>

type Props = { view: PaymentView; action: PayoutAction; slug: string; run: RunCommand }

/** Holding a payout back or letting it go, with what would happen now shown before. */
export const PayoutDialog = ({ view, action, slug, run }: Props) => {
  const { say, money } = useWords()
  const { isModalOpen } = useModal()
  const params = { path: { reference: view.payment.reference } }
  const { value: preview, fault } = useAnswer(
    isModalOpen(slug)
      ? {
          key: view.payment.reference,
          ask: (signal) => api.GET('/api/payments/{reference}/payout', { params, signal }),
        }
      : undefined,
  )
  const send = (reason = '') =>
    action === 'hold'
      ? api.POST('/api/payments/{reference}/payout/hold', { params, body: { reason } })
      : api.POST(`/api/payments/{reference}/payout/${action}`, { params })
  const { heading, confirm, what, done } = words[action]
  const share = view.split?.consultantShare
  return (
    <ReasonDialog
      confirm={say(confirm)}
      heading={say(heading)}
      needsReason={action === 'hold'}
      onConfirm={(reason) => run({ send: () => send(reason), done: say(done) })}
      slug={slug}
      {...(action === 'hold' ? {} : { hasReason: false })}
    >
      <p>{say(what)}</p>
      {share === undefined ? null : (
        <p>{say('The consultant’s share is {amount}.', { amount: money(share.amount, share.currency) ?? '–' })}</p>
      )}
      {fault === undefined ? null : <p role="alert">{fault}</p>}
      {preview === undefined ? null : <p>{say('As things are now: {text}', { text: preview.next.reason })}</p>}
    </ReasonDialog>
  )
}
