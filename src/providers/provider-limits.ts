import { settings } from '#settings'

/** So many calls a second; 0: as many as there are. `burst`: so many may go at once after a pause, 1 unless it says more. */
export type CallRate = { perSecond: number; burst?: number }

/** How often a provider may be called by all processes together. */
export type ProviderLimits = {
  /** All calls. */
  all?: CallRate
  /** Those for one subject: one user of it, one host. */
  perSubject?: CallRate
}

/** One limit that a call has to keep. */
export type Bucket = {
  /** By which all processes know it. */
  name: string
  /** Seconds between two calls. */
  spacing: number
  /** So many seconds a call may come before its turn. */
  tolerance: number
}

/**
 * Calls do not arrive as evenly as they are sent, and providers count in windows: a hundredth slower than what is allowed keeps a call
 * that was a little late from falling into one window with the next ones.
 */
const margin = 1.01

const limits = new Map<string, ProviderLimits>([
  ['stripe', { all: { perSecond: settings.providerRates.stripe, burst: 5 } }],
  ['resend', { all: { perSecond: settings.providerRates.resend } }],
  [
    'google',
    {
      all: { perSecond: settings.providerRates.google, burst: 10 },
      perSubject: { perSecond: settings.providerRates.googleUser, burst: 5 },
    },
  ],
  ['zoom', { all: { perSecond: settings.providerRates.zoom, burst: 2 } }],
  ['feeds', { perSubject: { perSecond: settings.providerRates.feedHost } }],
])

/** Says how often a provider of an installation may be called. */
export const declareProviderLimits = (provider: string, declared: ProviderLimits | undefined): void => {
  if (declared) limits.set(provider, declared)
}

const bucketOf = (name: string, rate: CallRate | undefined): Bucket[] => {
  if (!rate || rate.perSecond <= 0) return []
  const spacing = margin / rate.perSecond
  return [{ name, spacing, tolerance: (Math.max(1, rate.burst ?? 1) - 1) * spacing }]
}

/** The limits that a call has to keep, that of its subject first. */
export const bucketsOf = (provider: string, subject: string | undefined): Bucket[] => {
  const { all, perSubject } = limits.get(provider) ?? {}
  return [...(subject === undefined ? [] : bucketOf(`${provider}:${subject}`, perSubject)), ...bucketOf(provider, all)]
}
