'use client'

import { useState } from 'react'
import { useCommand } from '../../(site)/_lib/use-command'
import { forgotPassword } from '../_lib/account-api'
import { accountErrorText } from '../_lib/account-error-text'
import { looksLikeEmail } from '../_lib/looks-like-email'
import { useWords } from '../_lib/use-words'
import { AccountField } from './account-field'
import { AccountProblem } from './account-problem'
import { LookAtMails } from './look-at-mails'
import { SubmitButton } from './submit-button'

/** Asks for a new link by mail. */
export const AskForLink = () => {
  const words = useWords()
  const [email, setEmail] = useState('')
  const [isWrong, setWrong] = useState(false)
  const [isSent, setSent] = useState(false)
  const send = useCommand({ send: (address: string) => forgotPassword(address), onDone: () => setSent(true) })

  if (isSent) return <LookAtMails title={words.forgot.done} text={words.forgot.doneText} />
  return (
    <form
      className="form panel"
      noValidate
      aria-busy={send.isRunning}
      onSubmit={(event) => {
        event.preventDefault()
        setWrong(!looksLikeEmail(email))
        if (looksLikeEmail(email)) send.run(email.trim())
      }}
    >
      {send.error ? <AccountProblem text={accountErrorText(send.error, words)} /> : null}
      <AccountField
        name="email"
        label={words.fields.email}
        type="email"
        autoComplete="email"
        maxLength={254}
        value={email}
        fault={isWrong ? words.fields.badEmail : undefined}
        takesFocus
        onChange={setEmail}
      />
      <SubmitButton isRunning={send.isRunning} text={words.forgot.action} />
    </form>
  )
}
