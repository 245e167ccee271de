'use client'

import { FieldDescription, FieldError, FieldLabel, useField, useFormFields, withCondition } from '@payloadcms/ui'
import type { NumberFieldClientProps } from 'payload'
import type { Label } from '#shared/words'
import { useEffect, useRef, useState } from 'react'
import { currencyPathOf } from './lib/money-text'
import { amountFaultOf, carryAmount, decimalOf, readAmount } from './lib/typed-amount'
import { useWords } from './lib/use-words'

type Props = NumberFieldClientProps & { currencyPath: string; hint: Label | null }

/** What was typed is kept as it is as long as it is what the form holds; after a save or a reset the form's own value is shown. */
const useTypedAmount = (
  value: unknown,
  setValue: (value: unknown) => void,
  currency: string | undefined,
): { shown: string; type: (text: string) => void } => {
  const [typed, setTyped] = useState<string>()
  const shown = typed !== undefined && readAmount(typed, currency) === value ? typed : decimalOf(value, currency)
  const last = useRef({ currency, value })
  const type = (text: string) => {
    setTyped(text)
    setValue(readAmount(text, currency))
  }
  useEffect(() => {
    const before = last.current
    last.current = { currency, value }
    if (before.currency === currency || before.value !== value || value === null || value === undefined) return
    // A number whose currency has only now been loaded is one in it.
    if (before.currency === undefined && typeof value === 'number') return
    setTyped(undefined)
    setValue(carryAmount(value, before.currency, currency))
  }, [currency, value, setValue])
  return { shown, type }
}

const Amount = ({ currencyPath, field, hint, path: givenPath, readOnly }: Props) => {
  const { say, money, inWords } = useWords()
  const { disabled, path, setValue, showError, value } = useField<unknown>({ potentiallyStalePath: givenPath })
  const chosen = useFormFields(([fields]) => fields[currencyPathOf(path, currencyPath)]?.value)
  const currency = typeof chosen === 'string' && chosen !== '' ? chosen : undefined
  const { shown, type } = useTypedAmount(value, setValue, currency)
  const id = `field-${path.replaceAll('.', '__')}`
  const isFixed = Boolean(readOnly ?? field.admin?.readOnly)
  const text = money(value, currency)
  const fault = amountFaultOf(value, currency, say)
  return (
    <div className={`field-type number${showError ? ' error' : ''}${isFixed ? ' read-only' : ''}`}>
      <FieldLabel label={field.label} path={path} required={field.required && !isFixed} />
      <div className="field-type__wrap">
        <FieldError path={path} showError={showError} />
        {isFixed ? (
          <output className="parley-value" id={id}>
            {text ?? (typeof value === 'number' ? value : '–')}
          </output>
        ) : (
          <div className="parley-amount-input">
            <input
              aria-describedby={`${id}-reading`}
              aria-invalid={fault !== undefined}
              autoComplete="off"
              disabled={disabled}
              id={id}
              inputMode="decimal"
              name={path}
              onChange={(event) => type(event.target.value)}
              placeholder={currency === undefined ? say('Choose the currency first') : undefined}
              type="text"
              value={shown}
            />
            <output htmlFor={id} id={`${id}-reading`}>
              {text === undefined ? (fault ?? currency ?? '') : `= ${text}`}
            </output>
          </div>
        )}
      </div>
      {isFixed || !hint ? null : <FieldDescription description={inWords(hint)} path={path} />}
    </div>
  )
}

/** Money is typed and shown as people write it, and held in the currency's smallest unit. */
export const AmountField = withCondition(Amount)
