import { inSteps, transaction } from '../migration-steps'

/** What the owner of a login tells its sessions by. Sessions from before know nothing of themselves, and are over within hours. */
export const up = inSteps([
  transaction('columns', 'ALTER TABLE users_sessions ADD COLUMN user_agent varchar, ADD COLUMN network varchar'),
])

export const down = inSteps([
  transaction('columns', 'ALTER TABLE users_sessions DROP COLUMN user_agent, DROP COLUMN network'),
])
