'use client'

import { useState } from 'react'
import { ProblemNotice } from '../../_components/problem-notice'
import { answerClaim, getSession, withdrawClaim, type Managed } from '../../_lib/api'
import type { Claim, Session } from '../../_lib/api-types'
import { orAlready } from '../../_lib/or-already'
import { useCommand } from '../../_lib/use-command'
import { useTexts } from '../../_lib/use-texts'

type Props = {
  session: Session
  claim: Claim
  managed: Managed
  zone: string
  /** After a change: the session as it is now, and what to say. */
  onChanged: (session: Session, result: string) => void
}

/** That one side says that the other did not come: what each says, and what the customer can do about it. */
export const ClaimPanel = ({ session, claim, managed, zone, onChanged }: Props) => {
  const { formats, messages } = useTexts()
  const text = messages.booking.claim
  const name = session.consultant.name
  const isAboutCustomer = claim.missing === 'customer'
  return (
    <section className="panel" aria-labelledby="claim-heading">
      <h2 id="claim-heading">{isAboutCustomer ? text.aboutYou(name) : text.aboutExpert(name)}</h2>
      <p>{text.state[claim.state]}</p>
      <dl className="details">
        {claim.statement ? (
          <div>
            <dt>{isAboutCustomer ? text.theirWords(name) : text.yourWords}</dt>
            <dd>{claim.statement}</dd>
          </div>
        ) : null}
        {claim.answer ? (
          <div>
            <dt>{isAboutCustomer ? text.yourAnswer : text.theirAnswer(name)}</dt>
            <dd>{claim.answer.text}</dd>
          </div>
        ) : null}
        {claim.decision?.reason ? (
          <div>
            <dt>{text.decision}</dt>
            <dd>{claim.decision.reason}</dd>
          </div>
        ) : null}
      </dl>
      {session.actions.includes('answer-claim') ? (
        <AnswerForm
          managed={managed}
          hint={text.answerBy(formats.short(claim.deadline, { timeZone: zone }))}
          onSent={(after) => onChanged(after, text.answered)}
        />
      ) : null}
      {session.actions.includes('withdraw-claim') ? (
        <WithdrawButton managed={managed} onDone={(after) => onChanged(after, text.withdrawn)} />
      ) : null}
    </section>
  )
}

type AnswerProps = { managed: Managed; hint: string; onSent: (session: Session) => void }

const AnswerForm = ({ managed, hint, onSent }: AnswerProps) => {
  const { messages } = useTexts()
  const text = messages.booking.claim
  const [answer, setAnswer] = useState('')
  const [isMissing, setMissing] = useState(false)
  const send = useCommand({
    send: (body: { text: string }, key: string) =>
      orAlready({
        act: async () => (await answerClaim(managed, body, key)).session,
        read: () => getSession(managed),
        isSo: ({ claim }) => claim?.answer?.text === body.text,
        toDone: (session) => session,
      }),
    onDone: onSent,
  })
  return (
    <form
      className="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        setMissing(!answer.trim())
        if (answer.trim()) send.run({ text: answer.trim() })
      }}
    >
      <div className="field">
        <label className="field__label" htmlFor="claim-answer">
          {text.answer}
        </label>
        <p className="field__hint" id="claim-answer-hint">
          {hint}
        </p>
        <textarea
          id="claim-answer"
          className="input input--area"
          rows={4}
          maxLength={2000}
          aria-describedby={isMissing ? 'claim-answer-error' : 'claim-answer-hint'}
          aria-invalid={isMissing || undefined}
          value={answer}
          onChange={(event) => setAnswer(event.target.value)}
        />
        {isMissing ? (
          <p className="field__error" id="claim-answer-error">
            {messages.validation.required}
          </p>
        ) : null}
      </div>
      {send.error ? <ProblemNotice error={send.error} takesFocus /> : null}
      <button type="submit" className="button" aria-disabled={send.isRunning || undefined}>
        {send.isRunning ? text.sending : text.send}
      </button>
    </form>
  )
}

type WithdrawProps = { managed: Managed; onDone: (session: Session) => void }

const WithdrawButton = ({ managed, onDone }: WithdrawProps) => {
  const text = useTexts().messages.booking.claim
  const withdraw = useCommand({
    send: (_: undefined, key: string) =>
      orAlready({
        act: async () => (await withdrawClaim(managed, key)).session,
        read: () => getSession(managed),
        isSo: ({ claim }) => claim?.state === 'withdrawn',
        toDone: (session) => session,
      }),
    onDone,
  })
  return (
    <>
      <p>{text.withdrawFollows}</p>
      {withdraw.error ? <ProblemNotice error={withdraw.error} takesFocus /> : null}
      <button
        type="button"
        className="button button--quiet"
        aria-disabled={withdraw.isRunning || undefined}
        onClick={() => withdraw.run(undefined)}
      >
        {withdraw.isRunning ? text.withdrawing : text.withdraw}
      </button>
    </>
  )
}
