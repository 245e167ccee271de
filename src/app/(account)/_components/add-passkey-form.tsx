'use client'

import { useState } from 'react'
import { useCommand } from '../../(site)/_lib/use-command'
import { factorProblem } from '../_lib/factor-error-text'
import { addPasskey, type GivenCodes } from '../_lib/second-factor-api'
import { useWords } from '../_lib/use-words'
import { AccountField } from './account-field'
import { AccountProblem } from './account-problem'
import { SubmitButton } from './submit-button'

export const AddPasskeyForm = ({ onAdded }: { onAdded: (codes: GivenCodes) => void }) => {
  const words = useWords()
  const { factor } = words
  const [name, setName] = useState('')
  const make = useCommand({ send: addPasskey, onDone: onAdded })
  return (
    <form
      className="form"
      noValidate
      aria-busy={make.isRunning}
      onSubmit={(event) => {
        event.preventDefault()
        make.run(name.trim() || factor.kinds.passkey)
      }}
    >
      <p>{factor.passkeyIntro}</p>
      {make.error ? <AccountProblem {...factorProblem(make.error, words)} /> : null}
      <AccountField
        name="passkey-name"
        label={factor.passkeyName}
        hint={factor.passkeyNameHint}
        autoComplete="off"
        maxLength={60}
        isOptional
        value={name}
        fault={undefined}
        onChange={setName}
      />
      <SubmitButton isRunning={make.isRunning} text={factor.makePasskey} />
    </form>
  )
}
