'use client'

import { useEffect, useRef, useState } from 'react'
import Link from 'next/link'
import { EmptyState } from '../_components/empty-state'
import { ProblemNotice } from '../_components/problem-notice'
import { PageSkeleton } from '../_components/skeleton'
import { choosePassword, confirmAccount, logIn } from '../_lib/account-api'
import { useCommand } from '../_lib/use-command'
import { useLinkToken } from '../_lib/use-link-token'
import { messages } from '../messages'
import { DeadLink } from './dead-link'

const text = messages.account

const ways = {
  confirm: { send: confirmAccount, words: text.confirm },
  password: { send: choosePassword, words: text.password },
} as const

type Outcome = { isLoggedIn: boolean; mayUseAdmin: boolean }

const isDead = (code: string | undefined): boolean => code === 'not_found' || code === 'link_expired'

/** The page behind a mailed link about a login. Looking at it does nothing: mail programs do that by themselves. */
export const SetPassword = ({ way }: { way: keyof typeof ways }) => {
  const token = useLinkToken()
  const { send: open, words } = ways[way]
  const [password, setPassword] = useState('')
  const [outcome, setOutcome] = useState<Outcome>()
  const command = useCommand({
    send: async (body: { token: string; password: string }) => {
      const { email, mayUseAdmin } = await open(body)
      return { mayUseAdmin, isLoggedIn: await logIn({ email, password: body.password }) }
    },
    onDone: (done) => {
      // The link is used: nothing of it stays in the history of the browser.
      window.history.replaceState(null, '', window.location.pathname)
      setOutcome(done)
    },
  })

  if (token === undefined) return <PageSkeleton />
  if (outcome) return <Done outcome={outcome} title={words.done} />
  if (token === '') return <DeadLink title={words.title} reason={text.incomplete} />
  if (isDead(command.error?.code)) return <DeadLink title={words.title} reason={command.error?.message ?? ''} />
  const fault = command.error?.errors.find(({ path }) => path === 'password')?.message
  return (
    <div className="narrow">
      <h1>{words.title}</h1>
      <p className="lead">{words.intro}</p>
      <form
        className="form panel"
        noValidate
        aria-busy={command.isRunning}
        onSubmit={(event) => {
          event.preventDefault()
          command.run({ token, password })
        }}
      >
        {command.error && fault === undefined ? <ProblemNotice error={command.error} takesFocus /> : null}
        <PasswordField value={password} fault={fault} onChange={setPassword} />
        <div className="form__end">
          <button type="submit" className="button button--large" aria-disabled={command.isRunning || undefined}>
            {command.isRunning ? text.sending : words.action}
          </button>
        </div>
      </form>
    </div>
  )
}

type FieldProps = { value: string; fault: string | undefined; onChange: (value: string) => void }

const PasswordField = ({ value, fault, onChange }: FieldProps) => {
  const [isShown, setShown] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (fault !== undefined) input.current?.focus()
  }, [fault])
  return (
    <div className={fault === undefined ? 'field' : 'field field--bad'}>
      <label className="field__label" htmlFor="new-password">
        {text.newPassword}
      </label>
      <p id="new-password-hint" className="field__hint">
        {text.newPasswordHint}
      </p>
      <input
        ref={input}
        id="new-password"
        className="input"
        type={isShown ? 'text' : 'password'}
        autoComplete="new-password"
        aria-required
        aria-invalid={fault !== undefined || undefined}
        aria-describedby={fault === undefined ? 'new-password-hint' : 'new-password-hint new-password-error'}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
      {fault === undefined ? null : (
        <p id="new-password-error" className="field__error">
          {fault}
        </p>
      )}
      <label className="check">
        <input type="checkbox" checked={isShown} onChange={(event) => setShown(event.target.checked)} />
        <span>{text.show}</span>
      </label>
    </div>
  )
}

const Done = ({ outcome: { isLoggedIn, mayUseAdmin }, title }: { outcome: Outcome; title: string }) => (
  <div role="status">
    <EmptyState level={1} icon="check" title={title} text={isLoggedIn ? text.loggedIn : text.logInNow}>
      {mayUseAdmin ? (
        <a className="button" href="/admin">
          {isLoggedIn ? text.toAdmin : text.logIn}
        </a>
      ) : (
        <Link className="button" href="/">
          {messages.common.backToExperts}
        </Link>
      )}
    </EmptyState>
  </div>
)
