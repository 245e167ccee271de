import { lockBeforeUpdate } from '../shared/lock-row'

/** A block that is edited waits for another edit of it. */
export const lockSlotBeforeWrite = lockBeforeUpdate('availability_slots')
