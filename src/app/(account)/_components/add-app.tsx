'use client'

import { useEffect, useEffectEvent, useState } from 'react'
import { QrCode } from '../../_factors/qr-code'
import { Skeleton } from '../../(site)/_components/skeleton'
import { useCommand } from '../../(site)/_lib/use-command'
import { factorProblem } from '../_lib/factor-error-text'
import { beginAuthenticator, confirmAuthenticator, type GivenCodes } from '../_lib/second-factor-api'
import { useWords } from '../_lib/use-words'
import { AccountField } from './account-field'
import { AccountProblem } from './account-problem'
import { SubmitButton } from './submit-button'

/** Four letters at a time are easier to type off. */
const inFours = (secret: string): string => secret.replaceAll(/(.{4})(?=.)/g, '$1 ')

export const AddApp = ({ onAdded }: { onAdded: (codes: GivenCodes) => void }) => {
  const words = useWords()
  const { factor } = words
  const [app, setApp] = useState<{ secret: string; uri: string }>()
  const [code, setCode] = useState('')
  const [isEmpty, setEmpty] = useState(false)
  const begin = useCommand({ send: beginAuthenticator, onDone: setApp })
  const confirm = useCommand({ send: confirmAuthenticator, onDone: onAdded })
  const start = useEffectEvent(() => begin.run(factor.kinds.totp))
  useEffect(() => start(), [])

  if (begin.error) return <AccountProblem {...factorProblem(begin.error, words)} />
  if (!app) return <Skeleton />
  const isWrong = confirm.error?.errors.some(({ path }) => path === 'code') ?? false
  return (
    <form
      className="form"
      noValidate
      aria-busy={confirm.isRunning}
      onSubmit={(event) => {
        event.preventDefault()
        setEmpty(code.trim() === '')
        if (code.trim() !== '') confirm.run(code.replaceAll(' ', ''))
      }}
    >
      <p>{factor.scan}</p>
      <QrCode className="qr-code" label={factor.qrCode} text={app.uri} />
      <p>
        {factor.orType} <code className="secret">{inFours(app.secret)}</code>
      </p>
      {confirm.error && !isWrong ? <AccountProblem {...factorProblem(confirm.error, words)} /> : null}
      <AccountField
        name="code"
        label={factor.codeNow}
        hint={factor.codeNowHint}
        autoComplete="one-time-code"
        inputMode="numeric"
        maxLength={10}
        value={code}
        fault={isEmpty ? factor.noCode : isWrong ? factor.wrongCode : undefined}
        takesFocus
        onChange={setCode}
      />
      <SubmitButton isRunning={confirm.isRunning} text={factor.switchOn} />
    </form>
  )
}
