import type { ProviderHealth } from '#providers/provider-health-queries'

/** How a provider fares. */
export const providerStates = {
  working: 'Working',
  failing: 'Failing',
  limited: 'Takes no calls for now',
  unused: 'Never used',
  not_set_up: 'Not set up',
} as const satisfies Record<string, string>

export type ProviderState = keyof typeof providerStates

/** `text` says it in words; what has a moment says it in `at`, epoch milliseconds. */
export type ProviderWords = { state: ProviderState; text: string; at: number | null }

/**
 * How a provider fares, from what was noted of the calls to it.
 * @param provider.missing the settings that it lacks; null: none.
 * @param now epoch milliseconds.
 */
export const decideProviderState = (
  provider: { isOwn: boolean; missing: readonly string[] | null },
  health: ProviderHealth | undefined,
  now: number,
): ProviderWords => {
  const { isOwn, missing } = provider
  if (missing !== null) {
    const which = missing.length ? `Missing: ${missing.join(', ')}.` : 'Its extension says that it cannot be used.'
    return { state: 'not_set_up', text: which, at: null }
  }
  if (health && health.refusedUntil !== null && health.refusedUntil > now) {
    return { state: 'limited', text: 'It asked to be left alone', at: health.refusedUntil }
  }
  if (health && health.failingSince !== null) {
    return { state: 'failing', text: health.lastError ?? 'It did not say why.', at: health.failingSince }
  }
  if (health && health.lastSuccessAt !== null) {
    return { state: 'working', text: 'Last answered', at: health.lastSuccessAt }
  }
  return isOwn
    ? { state: 'working', text: 'Nobody else is called for it.', at: null }
    : { state: 'unused', text: 'Nothing was asked of it yet.', at: null }
}
