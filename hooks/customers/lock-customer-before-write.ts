import { lockBeforeUpdate } from '../shared/lock-row'

/** Statistics and payment methods are written by SQL beside the edits of people. */
export const lockCustomerBeforeWrite = lockBeforeUpdate('customers')
