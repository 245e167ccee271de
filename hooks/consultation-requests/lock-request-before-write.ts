import { lockBeforeUpdate } from '../shared/lock-row'

/** Two who answer a request at once wait for each other, and the second one sees what the first has done. */
export const lockRequestBeforeWrite = lockBeforeUpdate('consultation_requests')
