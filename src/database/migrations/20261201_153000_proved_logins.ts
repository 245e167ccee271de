import { inSteps, transaction } from '../migration-steps'

/**
 * When whoever opened a session had shown who they are. Null: when it was opened, as with a password, and in all sessions of the release before,
 * which goes on without it.
 */
export const up = inSteps([transaction('column', 'ALTER TABLE users_sessions ADD COLUMN proved_at timestamptz')])

export const down = inSteps([transaction('column', 'ALTER TABLE users_sessions DROP COLUMN proved_at')])
