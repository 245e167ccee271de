import type { PayloadRequest } from 'payload'
import { listProviderHealth } from '#providers/provider-health-queries'
import { safeLine } from '#shared/safe-line'
import { countWork } from '../work/list-work'
import { decideProviderState, type ProviderWords } from './decide-provider-state'
import { listProviders, type ProviderEntry } from './list-providers'

/** A provider and how it fares. Instants are epoch milliseconds. */
export type ProviderView = ProviderEntry &
  ProviderWords & { lastSuccessAt: number | null; lastFailureAt: number | null; waiting: number }

/** Everything that the installation relies on, how it fares, and what waits for it. */
export const readProviderHealth = async (req: PayloadRequest, now: number): Promise<ProviderView[]> => {
  const known = new Map((await listProviderHealth(req)).map((health) => [health.provider, health]))
  const counts = await countWork(req)
  return listProviders().map((entry) => {
    const health = known.get(entry.calledAs)
    const { text, ...finding } = decideProviderState(entry, health, now)
    return {
      ...entry,
      ...finding,
      text: safeLine(text),
      lastSuccessAt: health?.lastSuccessAt ?? null,
      lastFailureAt: health?.lastFailureAt ?? null,
      waiting: counts.reduce((sum, { provider, count }) => (provider === entry.name ? sum + count : sum), 0),
    }
  })
}
