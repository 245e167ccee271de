import { type CollectionBeforeValidateHook, ValidationError } from 'payload'

type Values = {
  type?: unknown
  appliedFrom?: string | null
  appliedTo?: string | null
  recurrences?: unknown[] | null
  dateExceptions?: { date?: string | null }[] | null
}

const dateOf = (value: string) => value.slice(0, 10)

/** What no single field can know: a period that ends after it begins, one exception a day, a monthly schedule with rules. */
export const validateSchedule: CollectionBeforeValidateHook = ({ data, originalDoc, req }) => {
  const values: Values = { ...originalDoc, ...data }
  const { appliedFrom, appliedTo, dateExceptions, recurrences, type } = values
  const errors: { path: string; message: string }[] = []
  if (appliedFrom && appliedTo && dateOf(appliedTo) < dateOf(appliedFrom)) {
    errors.push({ path: 'appliedTo', message: 'Must not lie before the first day.' })
  }
  if (type === 'monthly' && !recurrences?.length) {
    errors.push({ path: 'recurrences', message: 'A monthly schedule needs at least one rule.' })
  }
  const seen = new Set<string>()
  for (const [index, exception] of (dateExceptions ?? []).entries()) {
    if (typeof exception.date !== 'string') continue
    if (seen.has(dateOf(exception.date))) {
      errors.push({ path: `dateExceptions.${index}.date`, message: 'Has an exception already.' })
    }
    seen.add(dateOf(exception.date))
  }
  if (errors.length) throw new ValidationError({ collection: 'availability-schedules', errors, req }, req.t)
  return data
}
