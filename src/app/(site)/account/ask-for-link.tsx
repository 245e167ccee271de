'use client'

import { useState } from 'react'
import { Notice } from '../_components/notice'
import { ProblemNotice } from '../_components/problem-notice'
import { askForPassword } from '../_lib/account-api'
import { useCommand } from '../_lib/use-command'
import { messages } from '../messages'

const text = messages.account

/** Asks for a new link by mail. What is said afterwards is the same for every address. */
export const AskForLink = () => {
  const [email, setEmail] = useState('')
  const [isSent, setSent] = useState(false)
  const send = useCommand({ send: (address: string) => askForPassword(address), onDone: () => setSent(true) })

  if (isSent) {
    return (
      <div role="status">
        <Notice tone="good" icon="check" title={text.asked}>
          <p>{text.askedText}</p>
        </Notice>
      </div>
    )
  }
  return (
    <form
      className="form panel"
      aria-busy={send.isRunning}
      onSubmit={(event) => {
        event.preventDefault()
        send.run(email)
      }}
    >
      {send.error ? <ProblemNotice error={send.error} takesFocus /> : null}
      <div className="field">
        <label className="field__label" htmlFor="account-email">
          {text.email}
        </label>
        <input
          id="account-email"
          className="input"
          type="email"
          autoComplete="email"
          required
          maxLength={254}
          value={email}
          onChange={(event) => setEmail(event.target.value)}
        />
      </div>
      <div className="form__end">
        <button type="submit" className="button" aria-disabled={send.isRunning || undefined}>
          {send.isRunning ? text.asking : text.ask}
        </button>
      </div>
    </form>
  )
}
