'use client'

import { DatePicker } from '@payloadcms/ui'
import type { ReactNode } from 'react'
import { attributeText } from '#shared/attribute-text'
import { useWords } from '../lib/use-words'
import type { AttributeView } from './attribute-view'

type Props = {
  attribute: AttributeView
  id: string
  value: unknown
  fault: string | undefined
  isFixed: boolean
  /** Null: nothing. */
  onChange: (value: unknown) => void
}

/** Payload's own classes where it has an input of that kind, so that it looks like the fields around it. */
const classOf: Partial<Record<AttributeView['type'], string>> = {
  text: 'text',
  email: 'text',
  url: 'text',
  number: 'number',
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

/** `2026-03-01` as the noon of that day where the browser is, which is what a calendar shows as that day. */
const toDay = (value: unknown): Date | undefined => {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})/.exec(textOf(value)) ?? []
  return day === undefined ? undefined : new Date(Number(year), Number(month) - 1, Number(day), 12)
}

const labelOf = ({ label, required }: AttributeView): ReactNode => (
  <>
    {label}
    {required ? (
      <span aria-hidden className="required">
        *
      </span>
    ) : null}
  </>
)

const Control = ({ attribute, described, id, onChange, value }: Omit<Props, 'isFixed'> & { described: string }) => {
  const { options, required, type } = attribute
  const common = {
    'aria-describedby': described || undefined,
    'aria-invalid': described.endsWith('-fault') || undefined,
    'aria-required': required || undefined,
    id,
  }
  switch (type) {
    case 'long_text':
      return (
        <textarea
          {...common}
          onChange={(event) => onChange(event.target.value || null)}
          rows={4}
          value={textOf(value)}
        />
      )
    case 'number':
      return (
        <input
          {...common}
          max={attribute.max ?? undefined}
          min={attribute.min ?? undefined}
          onChange={(event) => onChange(event.target.value === '' ? null : Number(event.target.value))}
          onWheel={(event) => event.currentTarget.blur()}
          step="any"
          type="number"
          value={typeof value === 'number' ? value : ''}
        />
      )
    case 'date':
      return (
        <DatePicker
          displayFormat="d MMM yyyy"
          // It hands out the noon of the chosen day in UTC.
          onChange={(day: Date | null) => onChange(day === null ? null : day.toISOString().slice(0, 10))}
          overrides={{
            id,
            ...(common['aria-describedby'] === undefined ? {} : { ariaDescribedBy: common['aria-describedby'] }),
            ...(common['aria-invalid'] ? { ariaInvalid: 'true' } : {}),
            ...(required ? { ariaRequired: 'true' } : {}),
          }}
          pickerAppearance="dayOnly"
          {...(toDay(value) === undefined ? {} : { value: toDay(value) })}
        />
      )
    case 'select':
      return (
        <select {...common} onChange={(event) => onChange(event.target.value || null)} value={textOf(value)}>
          <option value="">–</option>
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )
    default:
      return (
        <input
          {...common}
          onChange={(event) => onChange(event.target.value || null)}
          type={type === 'email' || type === 'url' ? type : 'text'}
          value={textOf(value)}
        />
      )
  }
}

const Choices = ({
  attribute: { options },
  id,
  onChange,
  value,
}: Pick<Props, 'attribute' | 'id' | 'onChange' | 'value'>) => {
  const chosen: readonly unknown[] = Array.isArray(value) ? value : []
  const toggle = (option: string, isOn: boolean) => {
    const next = options.map((one) => one.value).filter((one) => (one === option ? isOn : chosen.includes(one)))
    onChange(next.length ? next : null)
  }
  return (
    <div className="parley-attribute__choices">
      {options.map((option) => (
        <label key={option.value}>
          <input
            checked={chosen.includes(option.value)}
            id={`${id}__${option.value}`}
            onChange={(event) => toggle(option.value, event.target.checked)}
            type="checkbox"
          />{' '}
          {option.label}
        </label>
      ))}
    </div>
  )
}

/** One attribute as a labelled input of its kind, with its help and what the server has found wrong; its value alone where it is not theirs to set. */
export const AttributeInput = ({ attribute, fault, id, isFixed, onChange, value }: Props) => {
  const { help, type } = attribute
  const { say, locale } = useWords()
  const described = [help ? `${id}-help` : '', fault === undefined ? '' : `${id}-fault`].filter(Boolean).join(' ')
  const after = (
    <>
      {fault === undefined ? null : (
        <p className="parley-fault" id={`${id}-fault`}>
          {fault}
        </p>
      )}
      {help ? (
        <p className="field-description" id={`${id}-help`}>
          {help}
        </p>
      ) : null}
    </>
  )
  const className = `field-type parley-attribute ${classOf[type] ?? ''}${fault === undefined ? '' : ' error'}`
  if (isFixed) {
    return (
      <div className={`${className} read-only`}>
        <span className="field-label">{attribute.label}</span>
        <output className="parley-value" id={id}>
          {attributeText(attribute, value, { locale, yes: say('Yes'), no: say('No') }) || '–'}
        </output>
        {after}
      </div>
    )
  }
  if (type === 'multi_select') {
    return (
      <fieldset aria-describedby={described || undefined} className={className} id={id}>
        <legend className="field-label">{labelOf(attribute)}</legend>
        <Choices attribute={attribute} id={id} onChange={onChange} value={value} />
        {after}
      </fieldset>
    )
  }
  if (type === 'checkbox') {
    return (
      <div className={className}>
        <label className="parley-attribute__check">
          <input
            aria-describedby={described || undefined}
            aria-invalid={fault !== undefined || undefined}
            checked={value === true}
            id={id}
            onChange={(event) => onChange(event.target.checked)}
            type="checkbox"
          />{' '}
          {labelOf(attribute)}
        </label>
        {after}
      </div>
    )
  }
  return (
    <div className={className}>
      <label className="field-label" htmlFor={id}>
        {labelOf(attribute)}
      </label>
      <Control attribute={attribute} described={described} fault={fault} id={id} onChange={onChange} value={value} />
      {after}
    </div>
  )
}
