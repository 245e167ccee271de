'use client'

import { Button } from '@payloadcms/ui'
import { type SyntheticEvent, useEffect, useRef, useState } from 'react'
import { dataOf } from '../../../_api/data-of'
import { api } from '../lib/api'
import { useAnswer } from '../lib/use-answer'
import { CodeField } from './code-field'
import { GiveUpLink } from './give-up-link'
import { hasPasskeys, showPasskey } from '../../../_factors/passkeys'
import { useSending } from './use-sending'
import { useWords } from '../lib/use-words'

type Way = 'app' | 'recovery'

const words = {
  app: { label: 'Code of your authenticator app', hint: 'Six digits. The app shows new ones every thirty seconds.' },
  recovery: { label: 'Recovery code', hint: 'One of the ten that you kept. It opens your account once.' },
} as const

/** Asks for the second factor of somebody whose password was right. */
export const ShowSecondFactor = ({ back, loginUrl }: { back: string; loginUrl: string }) => {
  const { say } = useWords()
  const { value: status, fault: unread } = useAnswer({
    key: 'second-factor',
    ask: (signal) => api.GET('/api/account/second-factor', { signal }),
  })
  const ways = status?.ways ?? []
  const [chosen, setChosen] = useState<Way>()
  const [code, setCode] = useState('')
  const input = useRef<HTMLInputElement>(null)
  const { fault, isSending, send } = useSending()
  const way = chosen ?? (ways.includes('totp') || !ways.includes('recovery_code') ? 'app' : undefined)
  const asksForCode = status !== undefined && way !== undefined && (way === 'recovery' || ways.includes('totp'))
  useEffect(() => {
    if (asksForCode) input.current?.focus()
  }, [asksForCode, way])

  const goOn = () => window.location.assign(back)
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    const body = way === 'recovery' ? { recoveryCode: code } : { code: code.replaceAll(' ', '') }
    void send(async () => {
      await dataOf(api.POST('/api/account/second-factor', { body }))
      goOn()
    })
  }
  const choose = (next: Way) => {
    setChosen(next)
    setCode('')
  }
  return (
    <>
      <h1>{say('Your second factor')}</h1>
      {unread === undefined ? null : <p role="alert">{unread}</p>}
      {ways.includes('passkey') && hasPasskeys() ? (
        <Button
          buttonStyle={ways.includes('totp') ? 'secondary' : 'primary'}
          disabled={isSending}
          margin={false}
          onClick={() => void send(() => showPasskey(api).then(goOn))}
          size="large"
          type="button"
        >
          {say('Use your passkey')}
        </Button>
      ) : null}
      {asksForCode ? (
        <form onSubmit={submit}>
          <CodeField
            hint={say(words[way].hint)}
            inputRef={input}
            kind={way}
            label={say(words[way].label)}
            onChange={setCode}
            value={code}
          />
          <Button disabled={isSending || !code.trim()} margin={false} size="large" type="submit">
            {say('Log in')}
          </Button>
        </form>
      ) : null}
      <p className="parley-fault" role="alert">
        {fault}
      </p>
      <div className="parley-actions">
        {way !== 'recovery' && ways.includes('recovery_code') ? (
          <Button
            buttonStyle="transparent"
            margin={false}
            onClick={() => choose('recovery')}
            size="medium"
            type="button"
          >
            {say('Use a recovery code')}
          </Button>
        ) : null}
        {way === 'recovery' && ways.includes('totp') ? (
          <Button buttonStyle="transparent" margin={false} onClick={() => choose('app')} size="medium" type="button">
            {say('Use your authenticator app')}
          </Button>
        ) : null}
        <GiveUpLink loginUrl={loginUrl} />
      </div>
      <p className="parley-quiet">
        {say(
          'You have lost your device and your recovery codes? An administrator can take your second factors away, in your user’s page. Then you log in with your password, and set up new ones.',
        )}
      </p>
    </>
  )
}
