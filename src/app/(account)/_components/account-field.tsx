'use client'

import { type InputHTMLAttributes, type ReactNode, useEffect, useId, useRef } from 'react'
import { useTexts } from '../../(site)/_lib/use-texts'

type Props = Pick<InputHTMLAttributes<HTMLInputElement>, 'type' | 'autoComplete' | 'maxLength' | 'inputMode'> & {
  name: string
  label: string
  hint?: string
  value: string
  fault: string | undefined
  /** It is the first one that is wrong. */
  takesFocus?: boolean
  /** It is what the page is for. */
  beginsFocused?: boolean
  isOptional?: boolean
  onChange: (value: string) => void
  children?: ReactNode
}

/** A labelled input, with its hint and what is wrong with it tied to it. */
export const AccountField = ({
  label,
  hint,
  value,
  fault,
  takesFocus = false,
  beginsFocused = false,
  isOptional = false,
  onChange,
  children,
  ...more
}: Props) => {
  const { common } = useTexts().messages
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (fault !== undefined && takesFocus) input.current?.focus()
  }, [fault, takesFocus])
  useEffect(() => {
    if (beginsFocused) input.current?.focus()
  }, [beginsFocused])
  const described = [hint === undefined ? '' : `${id}-hint`, fault === undefined ? '' : `${id}-error`].filter(Boolean)
  return (
    <div className={fault === undefined ? 'field' : 'field field--bad'}>
      <label className="field__label" htmlFor={id}>
        {label} {isOptional ? <span className="field__optional">({common.optional})</span> : null}
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
        aria-required={!isOptional}
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
