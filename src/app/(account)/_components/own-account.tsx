'use client'

import Link from 'next/link'
import { useState } from 'react'
import { EmptyState } from '../../(site)/_components/empty-state'
import { Notice } from '../../(site)/_components/notice'
import { PageSkeleton } from '../../(site)/_components/skeleton'
import { forget, useQuery } from '../../(site)/_lib/use-query'
import { listLoginWays, logOut } from '../_lib/account-api'
import { accountErrorText } from '../_lib/account-error-text'
import type { AccountOutcome } from '../_lib/account-outcome'
import { problemText } from '../_lib/problem-text'
import { useWords } from '../_lib/use-words'
import { AccountProblem } from './account-problem'
import { LoginWays } from './login-ways'
import { OwnFactors } from './own-factors'
import { OwnDevices } from './own-devices'

/** What somebody who is logged in does about their login. What they have booked their mails and the API show. */
export const OwnAccount = ({ problem, isConnected }: { problem: string | undefined; isConnected: boolean }) => {
  const words = useWords()
  const { account, logIn } = words
  const { data, error } = useQuery({ key: 'account-ways', load: listLoginWays, maxAgeMs: 0 })
  const [notice, setNotice] = useState(isConnected ? account.connected : undefined)
  const [refusal, setRefusal] = useState<AccountOutcome>({ fault: problemText(problem, words) })

  if (error?.code === 'unauthenticated') {
    return (
      <EmptyState level={1} icon="alert" title={account.title} text={account.nobody}>
        <Link className="button" href="/account/login">
          {logIn.action}
        </Link>
      </EmptyState>
    )
  }
  if (error) return <AccountProblem text={accountErrorText(error, words)} />
  if (!data) return <PageSkeleton />
  const { fault, isOldLogin } = refusal
  const follow = (outcome: AccountOutcome) => {
    setNotice(outcome.notice)
    setRefusal(outcome)
    forget('account-')
  }
  return (
    <div className="narrow">
      <h1>{account.title}</h1>
      <p className="lead">{account.loggedInAs(data.email)}</p>
      {fault === undefined ? null : <AccountProblem text={fault} isOldLogin={isOldLogin} />}
      <div role="status">{notice === undefined ? null : <Notice tone="good" icon="check" title={notice} />}</div>
      <div className="button-row">
        {data.mayUseAdmin ? (
          <a className="button" href="/admin">
            {account.toAdmin}
          </a>
        ) : null}
        <button
          type="button"
          className="button button--quiet"
          onClick={() => void logOut().then(() => window.location.assign('/account/login'))}
        >
          {account.logOut}
        </button>
      </div>
      <LoginWays ways={data} onDone={follow} />
      <OwnFactors onDone={follow} />
      <OwnDevices onDone={follow} />
    </div>
  )
}
