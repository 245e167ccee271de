import { type CollectionBeforeValidateHook, ValidationError } from 'payload'
import { decideScheduleFaults, withoutStored } from '#availability/rules/decide-schedule-faults'

/**
 * What no single field can know: whether what a schedule says has a meaning. A fault that is stored already stops nobody from
 * changing something else.
 */
export const validateSchedule: CollectionBeforeValidateHook = ({ data, originalDoc, req }) => {
  const errors = withoutStored(
    decideScheduleFaults({ ...originalDoc, ...data }),
    originalDoc ? decideScheduleFaults(originalDoc) : [],
  )
  if (errors.length) throw new ValidationError({ collection: 'availability-schedules', errors, req }, req.t)
  return data
}
