'use client'

import { useState } from 'react'
import Link from 'next/link'
import { EmptyState } from '../../(site)/_components/empty-state'
import { PageSkeleton } from '../../(site)/_components/skeleton'
import { useTexts } from '../../(site)/_lib/use-texts'
import { useCommand } from '../../(site)/_lib/use-command'
import { choosePassword, confirmAccount, logIn, type LoginResult } from '../_lib/account-api'
import { accountErrorText } from '../_lib/account-error-text'
import { useLinkToken } from '../_lib/use-link-token'
import { useWords } from '../_lib/use-words'
import { AccountProblem } from './account-problem'
import { DeadLink } from './dead-link'
import { PasswordField } from './password-field'
import { SubmitButton } from './submit-button'

const ways = { confirm: confirmAccount, password: choosePassword } as const

type Outcome = { login: LoginResult; mayUseAdmin: boolean }

/** By the code of the refusal. */
const deadLinks: Readonly<Record<string, 'link_unknown' | 'link_used'>> = {
  not_found: 'link_unknown',
  link_expired: 'link_used',
}

/** The page behind a mailed link about a login. Looking at it does nothing: mail programs do that by themselves. */
export const SetPassword = ({ way }: { way: keyof typeof ways }) => {
  const token = useLinkToken()
  const words = useWords()
  const own = words.links[way]
  const [password, setPassword] = useState('')
  const [outcome, setOutcome] = useState<Outcome>()
  const command = useCommand({
    send: async (body: { token: string; password: string }) => {
      const { email, mayUseAdmin } = await ways[way](body)
      return { mayUseAdmin, login: await logIn({ email, password: body.password }) }
    },
    onDone: (done) => {
      // The link is used: nothing of it stays in the history of the browser.
      window.history.replaceState(null, '', window.location.pathname)
      setOutcome(done)
    },
  })

  if (token === undefined) return <PageSkeleton />
  if (outcome) return <Done outcome={outcome} title={own.done} />
  if (token === '') return <DeadLink title={own.title} reason={words.links.incomplete} />
  const dead = deadLinks[command.error?.code ?? '']
  if (dead) return <DeadLink title={own.title} reason={words.errors[dead]} />
  const fault = command.error?.errors.find(({ path }) => path === 'password')?.message
  return (
    <div className="narrow">
      <h1>{own.title}</h1>
      <p className="lead">{own.intro}</p>
      <form
        className="form panel"
        noValidate
        aria-busy={command.isRunning}
        onSubmit={(event) => {
          event.preventDefault()
          command.run({ token, password })
        }}
      >
        {command.error && fault === undefined ? <AccountProblem text={accountErrorText(command.error, words)} /> : null}
        <PasswordField isNew value={password} fault={fault} takesFocus onChange={setPassword} />
        <SubmitButton isRunning={command.isRunning} text={own.action} />
      </form>
    </div>
  )
}

const Done = ({ outcome: { login: result, mayUseAdmin }, title }: { outcome: Outcome; title: string }) => {
  const isLoggedIn = result === 'logged_in'
  const { factor, links, logIn: login } = useWords()
  const { common } = useTexts().messages
  return (
    <div role="status">
      <EmptyState
        level={1}
        icon="check"
        title={title}
        text={isLoggedIn ? links.loggedIn : result === 'waits' ? factor.stillNeeded : links.logInNow}
      >
        {result === 'waits' ? (
          <Link className="button" href={`/account/second-factor?redirect=${mayUseAdmin ? '/admin' : '/account'}`}>
            {factor.goOn}
          </Link>
        ) : null}
        {isLoggedIn || result === 'waits' ? null : (
          <Link className="button" href="/account/login">
            {login.action}
          </Link>
        )}
        {isLoggedIn && mayUseAdmin ? (
          <a className="button" href="/admin">
            {links.toAdmin}
          </a>
        ) : null}
        {isLoggedIn && !mayUseAdmin ? (
          <Link className="button" href="/account">
            {links.toAccount}
          </Link>
        ) : null}
        <Link className="button button--quiet" href="/">
          {common.backToExperts}
        </Link>
      </EmptyState>
    </div>
  )
}
