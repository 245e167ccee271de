import { type CollectionBeforeValidateHook, ValidationError } from 'payload'
import { isValidPrice } from '#shared/money'
import { areSessionDurations, durationMessage } from '../consultant-profiles/validate-durations'

type Price = { durationMinutes?: unknown; amount?: unknown; currency?: unknown }
type Values = {
  durations?: unknown
  defaultDurationMinutes?: unknown
  prices?: Price[] | null
  intakeQuestions?: { key?: unknown; type?: unknown; options?: unknown[] | null }[] | null
}
type Fault = { path: string; message: string }

const priceFaults = (prices: Price[], durations: number[]): Fault[] =>
  prices.flatMap(({ durationMinutes, amount, currency }, index) => {
    const faults: Fault[] = []
    if (typeof durationMinutes === 'number' && !durations.includes(durationMinutes)) {
      faults.push({ path: `prices.${index}.durationMinutes`, message: `Must be one of ${durations.join(', ')}.` })
    }
    if (prices.findIndex((price) => price.durationMinutes === durationMinutes) < index) {
      faults.push({ path: `prices.${index}.durationMinutes`, message: 'Has a price already.' })
    }
    if (typeof currency === 'string' && typeof amount === 'number' && !isValidPrice(amount, currency)) {
      faults.push({
        path: `prices.${index}.amount`,
        message: `Is not a price that can be charged in ${currency}. Too small, or not in its smallest step.`,
      })
    }
    return faults
  })

const questionFaults = (questions: NonNullable<Values['intakeQuestions']>): Fault[] =>
  questions.flatMap(({ key, type, options }, index) => {
    const faults: Fault[] = []
    if (questions.findIndex((question) => question.key === key) < index) {
      faults.push({ path: `intakeQuestions.${index}.key`, message: 'Is used twice.' })
    }
    if (type === 'select' && !options?.length) {
      faults.push({ path: `intakeQuestions.${index}.options`, message: 'A choice needs something to choose from.' })
    }
    return faults
  })

/** What no single field can know: lengths, the default among them, prices of lengths that exist, questions by unique keys. */
export const validateServiceType: CollectionBeforeValidateHook = ({ data, originalDoc, req }) => {
  const values: Values = { ...originalDoc, ...data }
  const { durations, defaultDurationMinutes } = values
  // Missing ones are the fields' own business ("required").
  if (!Array.isArray(durations) || !durations.length) return data
  const errors: Fault[] = []
  if (!areSessionDurations(durations)) errors.push({ path: 'durations', message: durationMessage })
  else {
    if (typeof defaultDurationMinutes === 'number' && !durations.includes(defaultDurationMinutes)) {
      errors.push({ path: 'defaultDurationMinutes', message: `Must be one of ${durations.join(', ')}.` })
    }
    errors.push(...priceFaults(values.prices ?? [], durations))
  }
  errors.push(...questionFaults(values.intakeQuestions ?? []))
  if (errors.length) throw new ValidationError({ collection: 'service-types', errors, req }, req.t)
  return data
}
