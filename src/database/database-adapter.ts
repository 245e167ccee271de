import path from 'node:path'
import { postgresAdapter } from '@payloadcms/db-postgres'
import { settings } from '#settings'
import { usualTimeouts } from '#shared/database-pooling'
import { queriesOfAttributes } from './attribute-paths'
import { boundedLists } from './bounded-lists'
import { startupTimeouts } from './connections'
import { deletingWhatIsThere } from './delete-what-is-there'
import { ownLoginSessions } from './login-sessions'
import { safePg } from './safe-pg'
import { strictTransactions } from './transactions'
import { withoutUnneededIndexes } from './unneeded-indexes'

/**
 * PostgreSQL for Payload: migrations only (`push` would drop the constraints that Payload does not model), ids ordered
 * by time, and a pool that reports instead of hanging. At least 5 connections: the adapter keeps one for itself.
 */
export const databaseAdapter = ownLoginSessions(
  queriesOfAttributes(
    deletingWhatIsThere(
      boundedLists(
        strictTransactions(
          postgresAdapter({
            idType: 'uuidv7',
            push: false,
            disableCreateDatabase: true,
            beforeSchemaInit: [withoutUnneededIndexes],
            pg: safePg,
            migrationDir: path.resolve(process.cwd(), 'src/database/migrations'),
            pool: {
              connectionString: settings.databaseUrl,
              max: settings.databasePoolSize,
              connectionTimeoutMillis: 5_000,
              ...startupTimeouts(usualTimeouts),
            },
          }),
        ),
      ),
    ),
  ),
)
