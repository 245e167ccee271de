import { lockBeforeUpdate } from '../shared/lock-row'

/** A session that is edited waits for whoever changes it. */
export const lockSessionBeforeWrite = lockBeforeUpdate('scheduled_sessions')
