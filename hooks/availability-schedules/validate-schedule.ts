import { type CollectionBeforeValidateHook, ValidationError } from 'payload'
import { decideScheduleFaults } from '#availability/rules/decide-schedule-faults'

/**
 * What no single field can know: whether what a schedule says has a meaning. A fault that is stored already stops nobody from
 * changing something else.
 */
export const validateSchedule: CollectionBeforeValidateHook = ({ data, originalDoc, req }) => {
  const stored = new Set(
    originalDoc ? decideScheduleFaults(originalDoc).map(({ path, message }) => `${path} ${message}`) : [],
  )
  const errors = decideScheduleFaults({ ...originalDoc, ...data }).filter(
    ({ path, message }) => !stored.has(`${path} ${message}`),
  )
  if (errors.length) throw new ValidationError({ collection: 'availability-schedules', errors, req }, req.t)
  return data
}
