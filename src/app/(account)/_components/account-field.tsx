'use client'

import { type InputHTMLAttributes, type ReactNode, useEffect, useId, useRef } from 'react'

type Props = Pick<InputHTMLAttributes<HTMLInputElement>, 'type' | 'autoComplete' | 'maxLength'> & {
  name: string
  label: string
  hint?: string
  value: string
  fault: string | undefined
  /** It is the first one that is wrong. */
  takesFocus?: boolean
  onChange: (value: string) => void
  children?: ReactNode
}

/** A labelled input, with its hint and what is wrong with it tied to it. */
export const AccountField = ({ label, hint, value, fault, takesFocus = false, onChange, children, ...more }: Props) => {
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (fault !== undefined && takesFocus) input.current?.focus()
  }, [fault, takesFocus])
  const described = [hint === undefined ? '' : `${id}-hint`, fault === undefined ? '' : `${id}-error`].filter(Boolean)
  return (
    <div className={fault === undefined ? 'field' : 'field field--bad'}>
      <label className="field__label" htmlFor={id}>
        {label}
      </label>
      {hint === undefined ? null : (
        <p id={`${id}-hint`} className="field__hint">
          {hint}
        </p>
      )}
      <input
        {...more}
        ref={input}
        id={id}
        className="input"
        aria-required
        aria-invalid={fault !== undefined || undefined}
        aria-describedby={described.join(' ') || undefined}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
      {fault === undefined ? null : (
        <p id={`${id}-error`} className="field__error">
          {fault}
        </p>
      )}
      {children}
    </div>
  )
}
