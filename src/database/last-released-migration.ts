/**
 * The newest migration of the last release. Those after it are held to the rules of `test/support/migrations/lock-rules.ts`; set it to the
 * newest of all when a release is made.
 */
export const lastReleasedMigration = '20261129_152000_work_decisions'
