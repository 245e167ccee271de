import type { NumberField, SelectField } from 'payload'
import { currencyOptions, currencyRules, isSupportedCurrency, isValidAmount } from '#shared/money'
import { adminComponent } from './admin-component'
import { baseOf, type FieldOptions, oneOf } from './field-options'

type AmountOptions = Omit<FieldOptions, 'description'> & {
  description?: string
  defaultValue?: number
  /** The field beside it that holds the currency; null when it is not a sibling (the amount is then only checked to be whole). */
  currencyField?: string | null
  /** May be negative (ledger). */
  signed?: boolean
}

const amountFault = (value: number, currency: unknown, signed: boolean): string | undefined => {
  if (!Number.isSafeInteger(value)) return 'Must be a whole number of the smallest unit of the currency (pence, cents).'
  if (value < 0 && !signed) return 'Must not be negative.'
  if (typeof currency !== 'string' || !isSupportedCurrency(currency)) return undefined
  if (isValidAmount(Math.abs(value), currency)) return undefined
  return `Amounts in ${currency} must be multiples of ${currencyRules(currency).step}.`
}

/** Money in the currency's smallest unit: £120.00 is 12000. */
export const amountField = (name: string, options: AmountOptions = {}): NumberField => {
  const { currencyField = 'currency', signed = false, required, filledByGuard, defaultValue } = options
  // Not beside it: then it is that of the whole record.
  const currencyPath = currencyField ?? '/currency'
  const base = baseOf({
    components: {
      // In its form people write amounts as they are used to, and are told nothing of smallest units.
      Field: adminComponent('amount-field', { currencyPath, hint: options.description ?? null }),
      Cell: adminComponent('amount-cell', { currencyPath }),
    },
    ...options,
    description: [options.description, 'In the smallest unit of the currency: 12000 is £120.00.']
      .filter(Boolean)
      .join(' '),
  })
  return {
    ...base,
    name,
    type: 'number',
    ...(signed ? {} : { min: 0 }),
    ...(defaultValue === undefined ? {} : { defaultValue }),
    admin: { ...base.admin, step: 1 },
    validate: (value: number | null | undefined, { siblingData }: { siblingData: Record<string, unknown> }) => {
      if (value === null || value === undefined) return required && !filledByGuard ? 'This field is required.' : true
      return amountFault(value, currencyField === null ? undefined : siblingData[currencyField], signed) ?? true
    },
  }
}

/** An ISO 4217 code among those that can be sold in. */
export const currencyField = (options: FieldOptions & { name?: string; defaultValue?: string } = {}): SelectField => ({
  ...baseOf(options),
  name: options.name ?? 'currency',
  type: 'select',
  options: currencyOptions,
  ...(options.filledByGuard ? { validate: oneOf(currencyOptions) } : {}),
  ...(options.defaultValue === undefined ? {} : { defaultValue: options.defaultValue }),
})
