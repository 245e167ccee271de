import { type CollectionBeforeValidateHook, ValidationError } from 'payload'
import type { ConsultantProfile } from '#payload-types'
import {
  decideAbsenceFaults,
  decideBreakFaults,
  decideRangeFaults,
  withoutStored,
} from '#availability/rules/decide-schedule-faults'
import type { FieldError } from '#shared/errors'

type Availability = Partial<NonNullable<ConsultantProfile['availability']>>

/**
 * Breaks, absences and working hours that have a meaning. What is stored already, and is only sent along, stops nobody from changing
 * something else.
 */
export const validateHours: CollectionBeforeValidateHook<ConsultantProfile> = ({ data, originalDoc, req }) => {
  const written: Availability = data?.availability ?? {}
  const stored: Availability = originalDoc?.availability ?? {}
  const errors = withoutStored(faultsOf(written), faultsOf(stored))
  if (errors.length) throw new ValidationError({ collection: 'consultant-profiles', errors, req }, req.t)
  return data
}

const faultsOf = ({ breakTimes, unavailableDates, workingHours }: Availability): FieldError[] => [
  ...decideBreakFaults(breakTimes, 'availability.breakTimes'),
  ...decideAbsenceFaults(unavailableDates, 'availability.unavailableDates'),
  ...hoursFaults(workingHours),
]

const hoursFaults = (hours: Availability['workingHours']): FieldError[] =>
  Object.entries(hours ?? {}).flatMap(([day, said]) =>
    said?.enabled ? decideRangeFaults(said, `availability.workingHours.${day}`) : [],
  )
