'use client'

import { Button, toast } from '@payloadcms/ui'
import { useState } from 'react'
import type { Schema } from '../../../_api/api-types'
import { dataOf } from '../../../_api/data-of'
import { api, explain } from '../lib/api'
import { payoutAccountStates } from '#payments/account/payout-account-states'
import { InstantText } from '../lib/instant-text'
import { StatePill } from '../lib/state-pill'
import { useAnswer } from '../lib/use-answer'
import { useWords } from '../lib/use-words'

type Account = Schema<'PayoutAccountStatus'>

const Missing = ({ missing }: Pick<Account, 'missing'>) => {
  const { say } = useWords()
  return missing.length ? (
    <ul className="parley-missing">
      {missing.map(({ text, codes, isLate, problem }) => (
        <li key={codes.join(' ') || text}>
          {text}
          {isLate ? <strong>{say('Overdue.')}</strong> : null}
          {problem === null ? null : <small>{problem}</small>}
        </li>
      ))}
    </ul>
  ) : null
}

const Held = ({ held: { count, amounts } }: Pick<Account, 'held'>) => {
  const { say, money } = useWords()
  if (count === 0) return null
  return (
    <p>
      {count === 1 ? say('One payout waits for the account:') : say('{count} payouts wait for the account:', { count })}{' '}
      {amounts.map(({ amount, currency }) => money(amount, currency)).join(', ')}.
    </p>
  )
}

/** Whether payouts can arrive, what is missing, and the way to Stripe's pages. */
export const AccountState = ({
  consultant,
}: {
  /** For staff: whose account it is. */ consultant: string | undefined
}) => {
  const { say, weave, labelIn } = useWords()
  const whose = consultant === undefined ? {} : { consultant }
  const { value: account, fault } = useAnswer({
    key: consultant ?? '',
    ask: (signal) => api.GET('/api/payments/connect/status', { params: { query: whose }, signal }),
  })
  const [isLeaving, setLeaving] = useState(false)
  const open = async (what: 'onboarding' | 'dashboard') => {
    setLeaving(true)
    try {
      const { url } = await dataOf(api.POST(`/api/payments/connect/${what}`, { body: whose }))
      window.location.assign(url)
    } catch (error) {
      setLeaving(false)
      toast.error(explain(error))
    }
  }
  return (
    <section
      aria-busy={account === undefined && fault === undefined}
      aria-label={say('Payout account')}
      className="parley-panel"
    >
      <h2>{say('Payout account')}</h2>
      {fault === undefined ? null : <p role="alert">{fault}</p>}
      {account === undefined && fault === undefined ? <p className="parley-quiet">{say('Asking Stripe …')}</p> : null}
      {account === undefined ? null : (
        <>
          <p>
            <StatePill
              label={account.status === 'none' ? say('No account yet') : labelIn(payoutAccountStates, account.status)}
              state={account.isPayable ? 'active' : account.status}
            />
          </p>
          {account.disabledReason === null ? null : <p>{account.disabledReason.text}</p>}
          <Missing missing={account.missing} />
          {account.deadline === null ? null : (
            <p>{weave('To be given by {when}', { when: <InstantText instant={account.deadline} /> })}.</p>
          )}
          <Held held={account.held} />
          <div className="parley-actions">
            {account.isPayable && !account.missing.length ? null : (
              <Button
                disabled={isLeaving}
                margin={false}
                onClick={() => void open('onboarding')}
                size="medium"
                type="button"
              >
                {account.status === 'none' ? say('Set up payouts') : say('Give the details to Stripe')}
              </Button>
            )}
            {account.isPayable ? (
              <Button
                buttonStyle="secondary"
                disabled={isLeaving}
                margin={false}
                onClick={() => void open('dashboard')}
                size="medium"
                type="button"
              >
                {say('Open Stripe’s dashboard')}
              </Button>
            ) : null}
          </div>
        </>
      )}
    </section>
  )
}
