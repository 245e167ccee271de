import { type ProviderFinding, storeProviderFinding } from './provider-queries'
import { sharedDatabase } from './provider-database'

/** So often at most is written down that nothing has changed. */
const pauseMs = 5_000

const noted = new Map<string, { is: ProviderFinding['is']; at: number }>()

/**
 * Notes how a provider was found, for operations. Never in the caller's transaction, and nobody waits for it: what is not stored is found
 * out by the next call.
 */
export const noteHealth = (provider: string, finding: ProviderFinding): void => {
  const payload = sharedDatabase()
  const before = noted.get(provider)
  const now = Date.now()
  if (!payload || (before?.is === finding.is && now - before.at < pauseMs)) return
  noted.set(provider, { is: finding.is, at: now })
  storeProviderFinding(payload, provider, finding).catch(() => {
    noted.delete(provider)
  })
}
