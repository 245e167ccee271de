import { createIndex, dropIndex, inSteps, transaction } from '../migration-steps'

/** Absences last from a day to a day. Of many blocks those that come back are found at once, as each first list of times asks for them. */
export const up = inSteps([
  transaction('last days', `
    ALTER TABLE "consultant_unavailable_dates" ADD COLUMN "last_date" timestamp(3) with time zone;
    ALTER TABLE "_consultant_unavailable_dates_v" ADD COLUMN "last_date" timestamp(3) with time zone;
  `),
  createIndex('availability_slots_recurring_idx', 'availability_slots', `(consultant_id) WHERE status = 'blocked' AND is_recurring`),
])

export const down = inSteps([
  dropIndex('availability_slots_recurring_idx'),
  transaction('last days away', `
    ALTER TABLE "consultant_unavailable_dates" DROP COLUMN "last_date";
    ALTER TABLE "_consultant_unavailable_dates_v" DROP COLUMN "last_date";
  `),
])
