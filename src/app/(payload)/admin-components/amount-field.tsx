'use client'

import { FieldDescription, FieldError, FieldLabel, useField, useFormFields, withCondition } from '@payloadcms/ui'
import type { NumberFieldClientProps } from 'payload'
import { currencyPathOf, moneyText } from './lib/money-text'

type Props = NumberFieldClientProps & { currencyPath: string }

const Amount = ({ currencyPath, field, path: givenPath, readOnly }: Props) => {
  const { disabled, path, setValue, showError, value } = useField<number | null>({ potentiallyStalePath: givenPath })
  const currency = useFormFields(([fields]) => fields[currencyPathOf(path, currencyPath)]?.value)
  const text = moneyText(value, currency)
  const id = `field-${path.replaceAll('.', '__')}`
  const isFixed = Boolean(readOnly ?? field.admin?.readOnly)
  return (
    <div className={`field-type number${showError ? ' error' : ''}${isFixed ? ' read-only' : ''}`}>
      <FieldLabel label={field.label} path={path} required={field.required && !isFixed} />
      <div className="field-type__wrap">
        <FieldError path={path} showError={showError} />
        {isFixed ? (
          <output className="parley-value" id={id}>
            {text ?? value ?? '–'}
          </output>
        ) : (
          <div className="parley-amount-input">
            <input
              disabled={disabled}
              id={id}
              min={field.min}
              name={path}
              onChange={(event) => setValue(event.target.value === '' ? null : Number(event.target.value))}
              onWheel={(event) => event.currentTarget.blur()}
              step={1}
              type="number"
              value={value ?? ''}
            />
            <output htmlFor={id}>{text === undefined ? '' : `= ${text}`}</output>
          </div>
        )}
      </div>
      {isFixed ? null : <FieldDescription description={field.admin?.description} path={path} />}
    </div>
  )
}

/** Money is edited in the currency's smallest unit, with what that is for people beside it, and shown as people read it. */
export const AmountField = withCondition(Amount)
