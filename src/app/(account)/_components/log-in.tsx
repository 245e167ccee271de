'use client'

import Link from 'next/link'
import { useState } from 'react'
import { useQuery } from '../../(site)/_lib/use-query'
import { listLoginWays, logIn, type LoginFailure } from '../_lib/account-api'
import { looksLikeEmail } from '../_lib/looks-like-email'
import { problemText } from '../_lib/problem-text'
import { useWords } from '../_lib/use-words'
import { AccountField } from './account-field'
import { AccountProblem } from './account-problem'
import { PasswordField } from './password-field'
import { ProviderButtons } from './provider-buttons'
import { SubmitButton } from './submit-button'

type Props = {
  /** Why somebody who wanted to log in with a provider is here again. */
  problem: string | undefined
  /** Path and query of the page that follows. */
  back: string
  /** They are logged in, and show again who they are. */
  isAgain: boolean
}

export const LogIn = ({ problem, back, isAgain }: Props) => {
  const words = useWords()
  const { fields } = words
  const { data: ways } = useQuery({ key: isAgain ? 'account-ways' : null, load: listLoginWays, maxAgeMs: 0 })
  const [changed, setTyped] = useState<{ email?: string; password: string }>({ password: '' })
  const typed = { email: changed.email ?? ways?.email ?? '', password: changed.password }
  const [isChecked, setChecked] = useState(false)
  const [isRunning, setRunning] = useState(false)
  const [result, setResult] = useState<LoginFailure>()
  const faults = {
    email: isChecked && !looksLikeEmail(typed.email) ? fields.badEmail : undefined,
    password: isChecked && typed.password === '' ? fields.noPassword : undefined,
  }
  const send = async () => {
    setChecked(true)
    setResult(undefined)
    if (isRunning || !looksLikeEmail(typed.email) || typed.password === '') return
    setRunning(true)
    const answer = await logIn({ email: typed.email.trim(), password: typed.password })
    // The page that follows is loaded as whoever they are now.
    if (answer === 'logged_in') window.location.assign(back)
    else if (answer === 'waits') window.location.assign(`/account/second-factor?redirect=${encodeURIComponent(back)}`)
    else {
      setRunning(false)
      setResult(answer)
    }
  }
  const refusal = result === undefined ? undefined : result === 'refused' ? words.logIn.refused : words.errors[result]
  const told = refusal ?? (isChecked ? undefined : problemText(problem, words))
  return (
    <div className="narrow">
      <h1>{isAgain ? words.again.action : words.logIn.title}</h1>
      {isAgain ? <p className="lead">{words.again.intro}</p> : null}
      {told === undefined ? null : <AccountProblem text={told} />}
      <form
        className="form panel"
        noValidate
        aria-busy={isRunning}
        onSubmit={(event) => {
          event.preventDefault()
          void send()
        }}
      >
        <AccountField
          name="email"
          label={fields.email}
          type="email"
          autoComplete="username"
          maxLength={254}
          value={typed.email}
          fault={faults.email}
          takesFocus
          onChange={(email) => setTyped((before) => ({ ...before, email }))}
        />
        <PasswordField
          isNew={false}
          value={typed.password}
          fault={faults.password}
          takesFocus={faults.email === undefined}
          onChange={(password) => setTyped((before) => ({ ...before, password }))}
        />
        <SubmitButton isRunning={isRunning} text={words.logIn.action} />
        <ProviderButtons textOf={words.logIn.with} back={back === '/account' ? undefined : back} isAgain={isAgain} />
      </form>
      <p>
        <Link href="/account/forgot">{words.logIn.forgot}</Link>
      </p>
      {isAgain ? null : (
        <p>
          {words.logIn.noAccount} <Link href="/account/register">{words.logIn.register}</Link>
        </p>
      )}
    </div>
  )
}
