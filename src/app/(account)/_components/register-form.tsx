'use client'

import Link from 'next/link'
import { useState } from 'react'
import { useCommand } from '../../(site)/_lib/use-command'
import { register } from '../_lib/account-api'
import { accountErrorText } from '../_lib/account-error-text'
import { looksLikeEmail } from '../_lib/looks-like-email'
import { useWords } from '../_lib/use-words'
import { AccountField } from './account-field'
import { AccountProblem } from './account-problem'
import { LookAtMails } from './look-at-mails'
import { ProviderButtons } from './provider-buttons'
import { SubmitButton } from './submit-button'

/** Asks for an account: the password is chosen behind the link that is mailed. */
export const RegisterForm = () => {
  const words = useWords()
  const { fields } = words
  const [typed, setTyped] = useState({ name: '', email: '' })
  const [isChecked, setChecked] = useState(false)
  const [isSent, setSent] = useState(false)
  const command = useCommand({ send: register, onDone: () => setSent(true) })
  const isNamed = typed.name.trim() !== ''
  const isReachable = looksLikeEmail(typed.email)
  const nameFault = isChecked && !isNamed ? fields.noName : undefined
  return (
    <div className="narrow">
      <h1>{words.register.title}</h1>
      <p className="lead">{words.register.intro}</p>
      {isSent ? (
        <LookAtMails title={words.register.done} text={words.register.doneText} />
      ) : (
        <form
          className="form panel"
          noValidate
          aria-busy={command.isRunning}
          onSubmit={(event) => {
            event.preventDefault()
            setChecked(true)
            if (isNamed && isReachable) command.run({ name: typed.name.trim(), email: typed.email.trim() })
          }}
        >
          {command.error ? <AccountProblem text={accountErrorText(command.error, words)} /> : null}
          <AccountField
            name="name"
            label={fields.name}
            autoComplete="name"
            maxLength={200}
            value={typed.name}
            fault={nameFault}
            takesFocus
            onChange={(name) => setTyped((before) => ({ ...before, name }))}
          />
          <AccountField
            name="email"
            label={fields.email}
            type="email"
            autoComplete="email"
            maxLength={254}
            value={typed.email}
            fault={isChecked && !isReachable ? fields.badEmail : undefined}
            takesFocus={nameFault === undefined}
            onChange={(email) => setTyped((before) => ({ ...before, email }))}
          />
          <SubmitButton isRunning={command.isRunning} text={words.register.action} />
          <ProviderButtons textOf={words.register.with} />
        </form>
      )}
      <p>
        {words.register.hasAccount} <Link href="/account/login">{words.logIn.title}</Link>
      </p>
    </div>
  )
}
