'use client'

import { Button } from '@payloadcms/ui'
import { useState } from 'react'
import { AddAuthenticator } from './add-authenticator'
import { AddPasskey } from './add-passkey'
import { hasPasskeys } from '../../../_factors/passkeys'
import { useWords } from '../lib/use-words'

/** @param hasApp there is an authenticator app already, which a new one takes the place of. */
export const ChooseFactor = ({
  hasApp,
  onAdded,
}: {
  hasApp: boolean
  onAdded: (codes: readonly string[] | null) => void
}) => {
  const { say } = useWords()
  const [chosen, setChosen] = useState<'app' | 'passkey'>()
  const added = (codes: readonly string[] | null) => {
    setChosen(undefined)
    onAdded(codes)
  }
  return (
    <>
      <div className="parley-actions">
        <Button
          buttonStyle="secondary"
          disabled={chosen === 'app'}
          margin={false}
          onClick={() => setChosen('app')}
          size="medium"
          type="button"
        >
          {hasApp ? say('Use another authenticator app') : say('Set up an authenticator app')}
        </Button>
        {hasPasskeys() ? (
          <Button
            buttonStyle="secondary"
            disabled={chosen === 'passkey'}
            margin={false}
            onClick={() => setChosen('passkey')}
            size="medium"
            type="button"
          >
            {say('Add a passkey')}
          </Button>
        ) : null}
      </div>
      {chosen === 'app' ? <AddAuthenticator onAdded={added} /> : null}
      {chosen === 'passkey' ? <AddPasskey onAdded={added} /> : null}
    </>
  )
}
