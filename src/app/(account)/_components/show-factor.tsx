'use client'

import { useState } from 'react'
import { hasPasskeys } from '../../_factors/passkeys'
import { useCommand } from '../../(site)/_lib/use-command'
import { factorErrorText } from '../_lib/factor-error-text'
import { type SecondFactorStatus, showPasskeyHere, showSecondFactor } from '../_lib/second-factor-api'
import { useWords } from '../_lib/use-words'
import { AccountField } from './account-field'
import { AccountProblem } from './account-problem'
import { GiveUp } from './give-up'
import { SubmitButton } from './submit-button'

type Way = 'app' | 'recovery'

const traits = {
  app: { inputMode: 'numeric', autoComplete: 'one-time-code', maxLength: 10 },
  recovery: { inputMode: 'text', autoComplete: 'off', maxLength: 40 },
} as const

/** Asks for the second factor of somebody whose password was right. */
export const ShowFactor = ({ ways, onDone }: { ways: SecondFactorStatus['ways']; onDone: () => void }) => {
  const words = useWords()
  const { factor } = words
  const hasApp = ways.includes('totp')
  const mayUsePasskey = ways.includes('passkey') && hasPasskeys()
  const [way, setWay] = useState<Way | undefined>(hasApp ? 'app' : mayUsePasskey ? undefined : 'recovery')
  const [code, setCode] = useState('')
  const [isEmpty, setEmpty] = useState(false)
  const show = useCommand({ send: showSecondFactor, onDone })
  const passkey = useCommand({ send: showPasskeyHere, onDone })
  const refusal = show.error ?? passkey.error
  const choose = (next: Way): void => {
    show.clear()
    passkey.clear()
    setEmpty(false)
    setCode('')
    setWay(next)
  }
  return (
    <div className="narrow">
      <h1>{factor.title}</h1>
      {refusal === undefined ? null : <AccountProblem text={factorErrorText(refusal, words)} />}
      <div className="panel form">
        {mayUsePasskey ? (
          <button
            type="button"
            className={hasApp ? 'button button--quiet button--wide' : 'button button--large button--wide'}
            aria-disabled={passkey.isRunning || undefined}
            onClick={() => {
              show.clear()
              passkey.run(undefined)
            }}
          >
            {factor.usePasskey}
          </button>
        ) : null}
        {way === undefined ? null : (
          <form
            className="form"
            noValidate
            aria-busy={show.isRunning}
            onSubmit={(event) => {
              event.preventDefault()
              passkey.clear()
              setEmpty(code.trim() === '')
              if (code.trim() === '') return
              show.run(way === 'recovery' ? { recoveryCode: code } : { code: code.replaceAll(' ', '') })
            }}
          >
            <AccountField
              {...traits[way]}
              key={way}
              name="code"
              label={factor.ways[way].label}
              hint={factor.ways[way].hint}
              value={code}
              fault={isEmpty ? factor.noCode : undefined}
              takesFocus
              beginsFocused
              onChange={setCode}
            />
            <SubmitButton isRunning={show.isRunning} text={words.logIn.action} />
          </form>
        )}
        <div className="button-row">
          {way !== 'recovery' && ways.includes('recovery_code') ? (
            <button type="button" className="button button--quiet button--small" onClick={() => choose('recovery')}>
              {factor.useRecovery}
            </button>
          ) : null}
          {way === 'recovery' && hasApp ? (
            <button type="button" className="button button--quiet button--small" onClick={() => choose('app')}>
              {factor.useApp}
            </button>
          ) : null}
          <GiveUp />
        </div>
      </div>
      <p className="muted">{factor.lostAll}</p>
    </div>
  )
}
