import { inSteps, setNotNull, transaction } from '../migration-steps'

/** What the form shows in monthly schedules alone is required there alone: the check of the fields says so, where the type is known. */
export const up = inSteps([
  transaction('optional', `
    ALTER TABLE "availability_schedules_recurrences_slots" ALTER COLUMN "start_time" DROP NOT NULL;
    ALTER TABLE "availability_schedules_recurrences_slots" ALTER COLUMN "end_time" DROP NOT NULL;
    ALTER TABLE "availability_schedules_recurrences" ALTER COLUMN "rrule" DROP NOT NULL;
  `),
])

export const down = inSteps([
  setNotNull(`availability_schedules_recurrences_slots`, `start_time`),
  setNotNull(`availability_schedules_recurrences_slots`, `end_time`),
  setNotNull(`availability_schedules_recurrences`, `rrule`),
])
