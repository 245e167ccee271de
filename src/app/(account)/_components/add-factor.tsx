'use client'

import { useState } from 'react'
import { hasPasskeys } from '../../_factors/passkeys'
import type { GivenCodes } from '../_lib/second-factor-api'
import { useWords } from '../_lib/use-words'
import { AddApp } from './add-app'
import { AddPasskeyForm } from './add-passkey-form'

type Props = {
  /** There is an authenticator app already, which a new one takes the place of. */
  hasApp: boolean
  /** Gets the recovery codes, when it is the first second factor. */
  onAdded: (codes: GivenCodes) => void
}

/** What somebody can set up beside their password. */
export const AddFactor = ({ hasApp, onAdded }: Props) => {
  const { factor } = useWords()
  const [chosen, setChosen] = useState<'app' | 'passkey'>()
  const added = (codes: GivenCodes): void => {
    setChosen(undefined)
    onAdded(codes)
  }
  return (
    <>
      <div className="button-row">
        <button
          type="button"
          className="button button--quiet"
          aria-expanded={chosen === 'app'}
          onClick={() => setChosen(chosen === 'app' ? undefined : 'app')}
        >
          {hasApp ? factor.replaceApp : factor.addApp}
        </button>
        {hasPasskeys() ? (
          <button
            type="button"
            className="button button--quiet"
            aria-expanded={chosen === 'passkey'}
            onClick={() => setChosen(chosen === 'passkey' ? undefined : 'passkey')}
          >
            {factor.addPasskey}
          </button>
        ) : null}
      </div>
      {chosen === 'app' ? <AddApp onAdded={added} /> : null}
      {chosen === 'passkey' ? <AddPasskeyForm onAdded={added} /> : null}
    </>
  )
}
