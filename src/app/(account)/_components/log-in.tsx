'use client'

import Link from 'next/link'
import { useState } from 'react'
import { logIn, type LoginFailure } from '../_lib/account-api'
import { looksLikeEmail } from '../_lib/looks-like-email'
import { problemText } from '../_lib/problem-text'
import { useWords } from '../_lib/use-words'
import { AccountField } from './account-field'
import { AccountProblem } from './account-problem'
import { PasswordField } from './password-field'
import { ProviderButtons } from './provider-buttons'
import { SubmitButton } from './submit-button'

/** @param problem why somebody who wanted to log in with a provider is here again. */
export const LogIn = ({ problem }: { problem: string | undefined }) => {
  const words = useWords()
  const { fields } = words
  const [typed, setTyped] = useState({ email: '', password: '' })
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
    // The page of the account is loaded as whoever they are now.
    if (answer === 'logged_in') window.location.assign('/account')
    else if (answer === 'waits') window.location.assign('/account/second-factor')
    else {
      setRunning(false)
      setResult(answer)
    }
  }
  const refusal = result === undefined ? undefined : result === 'refused' ? words.logIn.refused : words.errors[result]
  const told = refusal ?? (isChecked ? undefined : problemText(problem, words))
  return (
    <div className="narrow">
      <h1>{words.logIn.title}</h1>
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
        <ProviderButtons textOf={words.logIn.with} />
      </form>
      <p>
        <Link href="/account/forgot">{words.logIn.forgot}</Link>
      </p>
      <p>
        {words.logIn.noAccount} <Link href="/account/register">{words.logIn.register}</Link>
      </p>
    </div>
  )
}
