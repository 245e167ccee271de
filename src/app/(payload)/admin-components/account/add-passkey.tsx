'use client'

import { Button } from '@payloadcms/ui'
import { useState } from 'react'
import { CodeField } from './code-field'
import { makePasskey } from '../../../_factors/passkeys'
import { api } from '../lib/api'
import { useSending } from './use-sending'

/** @param onAdded gets the recovery codes, when it is the first second factor. */
export const AddPasskey = ({ onAdded }: { onAdded: (codes: readonly string[] | null) => void }) => {
  const [name, setName] = useState('')
  const { fault, isSending, send } = useSending()
  const make = () => void send(async () => onAdded((await makePasskey(api, name)).recoveryCodes))
  return (
    <div className="parley-add-factor">
      <p>The browser asks for a finger, a face, a code or a key, and remembers this device for you.</p>
      <CodeField
        hint="To tell it from others: My laptop, Blue key."
        kind="name"
        label="Name of the passkey (optional)"
        onChange={setName}
        onEnter={make}
        value={name}
      />
      <Button disabled={isSending} margin={false} onClick={make} size="medium" type="button">
        Make a passkey
      </Button>
      <p className="parley-fault" role="alert">
        {fault}
      </p>
    </div>
  )
}
