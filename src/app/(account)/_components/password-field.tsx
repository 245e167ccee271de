'use client'

import { useState } from 'react'
import { useWords } from '../_lib/use-words'
import { AccountField } from './account-field'

type Props = {
  /** A new one is chosen; else it is the one to log in with. */
  isNew: boolean
  value: string
  fault: string | undefined
  takesFocus?: boolean
  onChange: (value: string) => void
}

export const PasswordField = ({ isNew, ...field }: Props) => {
  const [isShown, setShown] = useState(false)
  const { fields } = useWords()
  return (
    <AccountField
      {...field}
      name="password"
      label={isNew ? fields.newPassword : fields.password}
      {...(isNew ? { hint: fields.newPasswordHint } : {})}
      type={isShown ? 'text' : 'password'}
      autoComplete={isNew ? 'new-password' : 'current-password'}
    >
      <label className="check">
        <input type="checkbox" checked={isShown} onChange={(event) => setShown(event.target.checked)} />
        <span>{fields.show}</span>
      </label>
    </AccountField>
  )
}
