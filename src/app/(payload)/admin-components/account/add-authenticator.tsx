'use client'

import { Button } from '@payloadcms/ui'
import { useEffect, useEffectEvent, useState } from 'react'
import { dataOf } from '../../../_api/data-of'
import { api } from '../lib/api'
import { CodeField } from './code-field'
import { QrCode } from '../../../_factors/qr-code'
import { useSending } from './use-sending'
import { useWords } from '../lib/use-words'

/** @param onAdded gets the recovery codes, when it is the first second factor. */
export const AddAuthenticator = ({ onAdded }: { onAdded: (codes: readonly string[] | null) => void }) => {
  const { say, weave } = useWords()
  const [app, setApp] = useState<{ secret: string; uri: string }>()
  const [code, setCode] = useState('')
  const { fault, isSending, send } = useSending()
  const begin = useEffectEvent(() => {
    void send(async () => setApp(await dataOf(api.POST('/api/account/second-factor/authenticator', { body: {} }))))
  })
  useEffect(() => begin(), [])
  const confirm = () =>
    void send(async () => {
      const body = { code: code.replaceAll(' ', '') }
      onAdded((await dataOf(api.POST('/api/account/second-factor/authenticator/confirm', { body }))).recoveryCodes)
    })
  return (
    <div aria-busy={app === undefined && fault === undefined} className="parley-add-factor">
      {app === undefined ? null : (
        <>
          <p>
            {say(
              'Scan this with an authenticator app, such as one of Google, Microsoft or Apple, or a password manager.',
            )}
          </p>
          <QrCode className="parley-qr" label={say('QR code for the authenticator app')} text={app.uri} />
          <p>
            {weave('Or type this into it: {secret}', {
              secret: <code className="parley-secret">{app.secret.replaceAll(/(.{4})(?=.)/g, '$1 ')}</code>,
            })}
          </p>
          <CodeField
            hint={say('It counts once you have shown one.')}
            kind="app"
            label={say('The code that the app shows now')}
            onChange={setCode}
            onEnter={confirm}
            value={code}
          />
          <Button disabled={isSending || !code.trim()} margin={false} onClick={confirm} size="medium" type="button">
            {say('Switch it on')}
          </Button>
        </>
      )}
      <p className="parley-fault" role="alert">
        {fault}
      </p>
    </div>
  )
}
