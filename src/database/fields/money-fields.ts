import type { NumberField, SelectField } from 'payload'
import { currencyOptions, currencyRules, isSupportedCurrency, isValidAmount } from '#shared/money'
import { adminComponent } from './admin-component'
import { faultIn, requiredFault } from './field-fault'
import { baseOf, type FieldOptions, oneOf } from './field-options'
import { inLanguage, type Label, type Words } from '#shared/words'

type AmountOptions = FieldOptions & {
  defaultValue?: number
  /** The field beside it that holds the currency; null when it is not a sibling (the amount is then only checked to be whole). */
  currencyField?: string | null
  /** May be negative (ledger). */
  signed?: boolean
}

const amountFault = (value: number, currency: unknown, signed: boolean): Words | undefined => {
  if (!Number.isSafeInteger(value)) {
    return {
      en: 'Must be a whole number of the smallest unit of the currency (pence, cents).',
      de: 'Muss eine ganze Zahl der kleinsten Einheit der Währung sein (Pence, Cent).',
    }
  }
  if (value < 0 && !signed) return { en: 'Must not be negative.', de: 'Darf nicht negativ sein.' }
  if (typeof currency !== 'string' || !isSupportedCurrency(currency)) return undefined
  if (isValidAmount(Math.abs(value), currency)) return undefined
  const { step } = currencyRules(currency)
  return {
    en: `Amounts in ${currency} must be multiples of ${step}.`,
    de: `Beträge in ${currency} müssen Vielfache von ${step} sein.`,
  }
}

const smallestUnit: Words = {
  en: 'In the smallest unit of the currency: 12000 is £120.00.',
  de: 'In der kleinsten Einheit der Währung: 12000 sind 120,00 £.',
}

const describeAmount = (description: Label | undefined): Words => {
  const inOne = (language: keyof Words) =>
    [description && inLanguage(description, language), smallestUnit[language]].filter(Boolean).join(' ')
  return { en: inOne('en'), de: inOne('de') }
}

type Checked = { siblingData: Record<string, unknown>; req?: { i18n?: { language: string } } }

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
    description: describeAmount(options.description),
  })
  return {
    ...base,
    name,
    type: 'number',
    ...(signed ? {} : { min: 0 }),
    ...(defaultValue === undefined ? {} : { defaultValue }),
    admin: { ...base.admin, step: 1 },
    validate: (value: number | null | undefined, asked: Checked) => {
      if (value === null || value === undefined) {
        return required && !filledByGuard ? faultIn(asked, requiredFault) : true
      }
      const fault = amountFault(value, currencyField === null ? undefined : asked.siblingData[currencyField], signed)
      return fault === undefined || faultIn(asked, fault)
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
