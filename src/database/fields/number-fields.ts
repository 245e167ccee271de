import type { NumberField } from 'payload'
import { faultIn, requiredFault } from './field-fault'
import { baseOf, type FieldOptions } from './field-options'

type IntegerOptions = FieldOptions & { min?: number; max?: number; defaultValue?: number }

const largest = Number.MAX_SAFE_INTEGER

/** A whole number; between 0 and 2^53-1 unless told otherwise. */
export const integerField = (name: string, options: IntegerOptions = {}): NumberField => {
  const { min = 0, max = largest, defaultValue, required, filledByGuard } = options
  const base = baseOf(options)
  return {
    ...base,
    name,
    type: 'number',
    min,
    max,
    ...(defaultValue === undefined ? {} : { defaultValue }),
    admin: { ...base.admin, step: 1 },
    validate: (value: number | null | undefined, asked) => {
      if (value === null || value === undefined) {
        return required && !filledByGuard ? faultIn(asked, requiredFault) : true
      }
      if (!Number.isSafeInteger(value))
        return faultIn(asked, { en: 'Must be a whole number.', de: 'Muss eine ganze Zahl sein.' })
      if (value < min) return faultIn(asked, { en: `Must be at least ${min}.`, de: `Muss mindestens ${min} sein.` })
      return value <= max || faultIn(asked, { en: `Must be at most ${max}.`, de: `Darf höchstens ${max} sein.` })
    },
  }
}

/** A length of time in whole minutes; a name that ends in `Minutes` says so to everybody else. */
export const minutesField = (name: string, options: IntegerOptions = {}): NumberField =>
  integerField(name, { max: 1_440, ...options })

/** 0 to 100, fractions allowed. */
export const percentageField = (name: string, options: FieldOptions & { defaultValue?: number } = {}): NumberField => ({
  ...baseOf(options),
  name,
  type: 'number',
  min: 0,
  max: 100,
  ...(options.defaultValue === undefined ? {} : { defaultValue: options.defaultValue }),
})
