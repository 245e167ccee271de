'use client'

import { ConfirmationModal, useModal } from '@payloadcms/ui'
import { useId, useState } from 'react'
import { api } from '../lib/api'
import { keepKeys } from '../lib/keep-keys'
import type { useCommand } from '../lib/use-command'
import { useWords } from '../lib/use-words'

type Props = {
  /** Its reference. */
  refund: string
  amount: string | undefined
  slug: string
  run: ReturnType<typeof useCommand>['run']
}

const Form = ({ refund, amount, slug, run }: Props) => {
  const { say } = useWords()
  const [reference, setReference] = useState('')
  const id = useId()
  const body = (
    <div className="parley-dialog">
      <p>
        {say(
          'It was not paid with Stripe. Say where it can be looked up that {amount} went back to the customer; they are told then.',
          { amount: amount ?? '–' },
        )}
      </p>
      <label htmlFor={id}>{say('Reference')}</label>
      <input
        id={id}
        maxLength={200}
        onChange={(event) => setReference(event.target.value)}
        onKeyDown={keepKeys}
        value={reference}
      />
    </div>
  )
  return (
    <ConfirmationModal
      body={body}
      cancelLabel={say('Not yet')}
      confirmLabel={say('It was returned')}
      heading={say('Was this refund returned?')}
      modalSlug={slug}
      onConfirm={async () => {
        await run({
          send: () =>
            api.POST('/api/payments/refunds/{reference}/returned', {
              params: { path: { reference: refund } },
              // Without a reference the API says what is missing, in the same words as to everybody.
              body: { reference: reference.trim() },
            }),
          done: say('Recorded. The customer is told.'),
        })
      }}
    />
  )
}

/** Recording that a person has returned a refund outside of Stripe. */
export const ReturnedDialog = (props: Props) => {
  const { isModalOpen } = useModal()
  return isModalOpen(props.slug) ? <Form {...props} /> : null
}
