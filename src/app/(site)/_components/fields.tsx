'use client'

import type { HTMLInputAutoCompleteAttribute, HTMLInputTypeAttribute, ReactNode } from 'react'
import { fieldId, readChoices, writeChoices } from '../_lib/booking-form'
import type { Form } from '../_lib/use-form'
import { useTexts } from '../_lib/use-texts'

/** Labelled inputs of a form, with hint and fault tied to them for screen readers. */

type FieldProps = { form: Form; path: string; label: string; hint?: string | undefined; isRequired?: boolean }

const describedBy = (id: string, { hasHint, hasError }: { hasHint: boolean; hasError: boolean }): string | undefined =>
  [hasHint ? `${id}-hint` : '', hasError ? `${id}-error` : ''].filter(Boolean).join(' ') || undefined

const inputProps = ({ form, path, hint, isRequired = false }: FieldProps) => {
  const id = fieldId(path)
  const hasError = form.errorOf(path) !== undefined
  return {
    id,
    name: path,
    value: form.values[path] ?? '',
    'aria-invalid': hasError || undefined,
    'aria-required': isRequired || undefined,
    'aria-describedby': describedBy(id, { hasHint: hint !== undefined, hasError }),
  }
}

const FieldFrame = ({ form, path, label, hint, isRequired, children }: FieldProps & { children: ReactNode }) => {
  const { messages } = useTexts()
  const id = fieldId(path)
  const error = form.errorOf(path)
  return (
    <div className={error ? 'field field--bad' : 'field'}>
      <label className="field__label" htmlFor={id}>
        {label} {isRequired ? null : <span className="field__optional">({messages.common.optional})</span>}
      </label>
      {hint ? (
        <p id={`${id}-hint`} className="field__hint">
          {hint}
        </p>
      ) : null}
      {children}
      {error ? (
        <p id={`${id}-error`} className="field__error">
          {error}
        </p>
      ) : null}
    </div>
  )
}

type TextProps = FieldProps & {
  type?: HTMLInputTypeAttribute
  autoComplete?: HTMLInputAutoCompleteAttribute
  maxLength?: number
  inputMode?: 'text' | 'email' | 'tel' | 'numeric' | 'decimal' | 'url'
  min?: string | number
  max?: string | number
  step?: 'any'
}

export const TextField = (props: TextProps) => (
  <FieldFrame {...props}>
    <input
      {...inputProps(props)}
      className="input"
      type={props.type ?? 'text'}
      autoComplete={props.autoComplete}
      maxLength={props.maxLength}
      inputMode={props.inputMode}
      min={props.min}
      max={props.max}
      step={props.step}
      onChange={(event) => props.form.set(props.path, event.target.value)}
    />
  </FieldFrame>
)

export const TextAreaField = (props: FieldProps & { rows?: number; maxLength?: number }) => (
  <FieldFrame {...props}>
    <textarea
      {...inputProps(props)}
      className="input input--area"
      rows={props.rows ?? 4}
      maxLength={props.maxLength}
      onChange={(event) => props.form.set(props.path, event.target.value)}
    />
  </FieldFrame>
)

type Option = readonly [value: string, label: string]

export const SelectField = (props: FieldProps & { options: readonly Option[]; none?: string | undefined }) => (
  <FieldFrame {...props}>
    <select
      {...inputProps(props)}
      className="select"
      onChange={(event) => props.form.set(props.path, event.target.value)}
    >
      {props.none === undefined ? null : <option value="">{props.none}</option>}
      {props.options.map(([value, label]) => (
        <option key={value} value={value}>
          {label}
        </option>
      ))}
    </select>
  </FieldFrame>
)

/** Its value is `true` or empty. */
export const CheckboxField = ({ form, path, label, hint, isRequired }: FieldProps) => {
  const { value, ...attributes } = inputProps({ form, path, label, hint, ...(isRequired ? { isRequired } : {}) })
  const error = form.errorOf(path)
  return (
    <div className={error ? 'field field--bad' : 'field'}>
      <label className="check">
        <input
          {...attributes}
          type="checkbox"
          checked={value === 'true'}
          onChange={(event) => form.set(path, event.target.checked ? 'true' : '')}
        />
        <span>{label}</span>
      </label>
      {hint ? (
        <p id={`${attributes.id}-hint`} className="field__hint">
          {hint}
        </p>
      ) : null}
      {error ? (
        <p id={`${attributes.id}-error`} className="field__error">
          {error}
        </p>
      ) : null}
    </div>
  )
}

/** Several of the options; the value lists what is chosen in their order. Focus that is sent to the group goes to it. */
export const ChoicesField = ({
  form,
  path,
  label,
  hint,
  isRequired,
  options,
}: FieldProps & { options: readonly Option[] }) => {
  const { messages } = useTexts()
  const { id, value, 'aria-describedby': describedById } = inputProps({ form, path, label, hint })
  const error = form.errorOf(path)
  const chosen = readChoices(value)
  const toggle = (option: string, isOn: boolean) => {
    const next = options.map(([known]) => known).filter((known) => (known === option ? isOn : chosen.includes(known)))
    form.set(path, writeChoices(next))
  }
  return (
    <fieldset
      id={id}
      tabIndex={-1}
      className={error ? 'field field--choices field--bad' : 'field field--choices'}
      aria-describedby={describedById}
    >
      <legend className="field__label">
        {label} {isRequired ? null : <span className="field__optional">({messages.common.optional})</span>}
      </legend>
      {hint ? (
        <p id={`${id}-hint`} className="field__hint">
          {hint}
        </p>
      ) : null}
      {options.map(([option, optionLabel]) => (
        <label key={option} className="check">
          <input
            type="checkbox"
            name={path}
            checked={chosen.includes(option)}
            onChange={(event) => toggle(option, event.target.checked)}
          />
          <span>{optionLabel}</span>
        </label>
      ))}
      {error ? (
        <p id={`${id}-error`} className="field__error">
          {error}
        </p>
      ) : null}
    </fieldset>
  )
}
