'use client'

import { Button } from '@payloadcms/ui'
import { useState } from 'react'
import { CodeField } from './code-field'
import { makePasskey } from '../../../_factors/passkeys'
import { api } from '../lib/api'
import { useSending } from './use-sending'
import { useWords } from '../lib/use-words'

/** @param onAdded gets the recovery codes, when it is the first second factor. */
export const AddPasskey = ({ onAdded }: { onAdded: (codes: readonly string[] | null) => void }) => {
  const { say } = useWords()
  const [name, setName] = useState('')
  const { fault, isSending, send } = useSending()
  const make = () => void send(async () => onAdded((await makePasskey(api, name)).recoveryCodes))
  return (
    <div className="parley-add-factor">
      <p>{say('The browser asks for a finger, a face, a code or a key, and remembers this device for you.')}</p>
      <CodeField
        hint={say('To tell it from others: My laptop, Blue key.')}
        kind="name"
        label={say('Name of the passkey (optional)')}
        onChange={setName}
        onEnter={make}
        value={name}
      />
      <Button disabled={isSending} margin={false} onClick={make} size="medium" type="button">
        {say('Make a passkey')}
      </Button>
      <p className="parley-fault" role="alert">
        {fault}
      </p>
    </div>
  )
}
