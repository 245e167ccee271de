import { createRequire } from 'node:module'
import { isSameSchema, withEnumsInOrderOf } from './compute-migration-base'
import type { SchemaSnapshot } from './schema-snapshot'

type DrizzleKit = {
  generateMigration: (from: SchemaSnapshot, to: SchemaSnapshot) => Promise<string[]>
  upPgSnapshot: (snapshot: SchemaSnapshot) => SchemaSnapshot
}

/** The one that Payload itself writes migrations with. */
const requireDrizzleKit = (): DrizzleKit =>
  createRequire(import.meta.resolve('@payloadcms/db-postgres'))('drizzle-kit/api') as DrizzleKit

/** A snapshot of an earlier drizzle in the form of `like`. */
export const inFormOf = (like: SchemaSnapshot, snapshot: SchemaSnapshot): SchemaSnapshot =>
  snapshot.version === like.version ? snapshot : requireDrizzleKit().upPgSnapshot(snapshot)

/**
 * The statements that lead from one schema to another; none when they are the same. Drizzle asks in the terminal whether what
 * is there instead of something that is gone is new or renamed.
 */
export const listSchemaChanges = async (from: SchemaSnapshot, to: SchemaSnapshot): Promise<string[]> => {
  const sorted = withEnumsInOrderOf(to, from)
  return isSameSchema(sorted, to) ? [] : requireDrizzleKit().generateMigration(sorted, to)
}
