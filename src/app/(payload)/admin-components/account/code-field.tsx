'use client'

import { type RefObject, useId } from 'react'
import { keepKeys } from '../lib/keep-keys'

type Props = {
  label: string
  value: string
  onChange: (value: string) => void
  /** What Enter does, where no form of ours is around it. */
  onEnter?: () => void
  /** Digits of an app, or letters of a recovery code. */
  kind: 'app' | 'recovery' | 'name'
  hint?: string
  inputRef?: RefObject<HTMLInputElement | null>
}

const traits = {
  app: { inputMode: 'numeric', autoComplete: 'one-time-code', maxLength: 10 },
  recovery: { inputMode: 'text', autoComplete: 'off', maxLength: 40 },
  name: { inputMode: 'text', autoComplete: 'off', maxLength: 60 },
} as const

/** A line to type something short into. */
export const CodeField = ({ label, value, onChange, onEnter, kind, hint, inputRef }: Props) => {
  const id = useId()
  return (
    <div className="parley-code">
      <label htmlFor={id}>{label}</label>
      {hint === undefined ? null : <small id={`${id}-hint`}>{hint}</small>}
      <input
        {...traits[kind]}
        {...(hint === undefined ? {} : { 'aria-describedby': `${id}-hint` })}
        id={id}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (!onEnter) return
          keepKeys(event)
          if (event.key !== 'Enter') return
          event.preventDefault()
          onEnter()
        }}
        ref={inputRef}
        spellCheck={false}
        type="text"
        value={value}
      />
    </div>
  )
}
