import { lockBeforeUpdate } from '../shared/lock-row'

/** A session that is edited waits for whoever changes it. */
export const lockSession = lockBeforeUpdate('scheduled_sessions')
