import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'
import { readDb } from '#database/transactions'
import { epoch } from '#shared/time'

/** How a provider was found by the last calls to it. Instants are epoch milliseconds. */
export type ProviderHealth = {
  /** `stripe`, `feeds`, …; of an installation `room:…`, `calendar:…`, `channel:…`. */
  provider: string
  lastSuccessAt: number | null
  lastFailureAt: number | null
  failingSince: number | null
  /** In words, without secrets; of the last failure, whatever has been since. */
  lastError: string | null
  /** It takes no calls before that. */
  refusedUntil: number | null
}

/** Of every provider that was ever called. */
export const listProviderHealth = async (req: PayloadRequest): Promise<ProviderHealth[]> => {
  const { rows } = await (
    await readDb(req)
  ).execute(sql`
    SELECT provider, ${sql.raw(epoch('last_success_at'))} AS "lastSuccessAt", ${sql.raw(epoch('last_failure_at'))} AS "lastFailureAt",
      ${sql.raw(epoch('failing_since'))} AS "failingSince", last_error AS "lastError", ${sql.raw(epoch('refused_until'))} AS "refusedUntil"
    FROM parley.provider_health ORDER BY provider LIMIT 200`)
  return rows as ProviderHealth[]
}
