import { settings } from '#settings'

/**
 * So many calls a second; 0: as many as there are. `burst`: so many may go at once after a pause, 1 unless it says more.
 * `isExact`: the provider refuses the first call too many within any second, and its limit is to be used up. Then the calls of a second may go
 * together, and each makes room for another one a second after it has arrived.
 */
type CallRate = { perSecond: number; burst?: number; isExact?: boolean }

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
  /** Where the limit is exact: so many calls may arrive within so many seconds, whenever they are counted from. */
  window?: { calls: number; seconds: number }
}

/**
 * Calls do not arrive as evenly as they are sent, and providers count in windows: a hundredth slower than what is allowed keeps a call
 * that was a little late from falling into one window with the next ones.
 */
const margin = 1.01

/** What is exact knows how late calls arrive: this is for what differs between two processes, and between their clocks and PostgreSQL's. */
const exactMargin = 1.002

/** Each call of a window is stored: where there are more, one does not matter. */
const mostInWindow = 100

const limits = new Map<string, ProviderLimits>([
  ['stripe', { all: { perSecond: settings.providerRates.stripe, burst: 5 } }],
  ['resend', { all: { perSecond: settings.providerRates.resend, isExact: true } }],
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

const isRate = ({ perSecond, burst = 1 }: CallRate): boolean =>
  Number.isFinite(perSecond) && perSecond >= 0 && Number.isFinite(burst) && burst >= 1

/**
 * Says how often a provider of an installation may be called.
 * @throws Error for what is no rate.
 */
export const declareProviderLimits = (provider: string, declared: ProviderLimits | undefined): void => {
  if (!declared) return
  for (const rate of [declared.all, declared.perSubject]) {
    if (rate && !isRate(rate))
      throw new Error(
        `The limits of ${provider}: perSecond must be a number of at least 0, and burst one of at least 1.`,
      )
  }
  limits.set(provider, declared)
}

const bucketOf = (name: string, rate: CallRate | undefined): Bucket[] => {
  if (!rate || rate.perSecond <= 0) return []
  if (rate.isExact && rate.perSecond <= mostInWindow) return [exactBucketOf(name, rate.perSecond)]
  const spacing = margin / rate.perSecond
  return [{ name, spacing, tolerance: (Math.max(1, rate.burst ?? 1) - 1) * spacing }]
}

const exactBucketOf = (name: string, perSecond: number): Bucket => {
  const calls = Number.isInteger(perSecond) ? perSecond : 1
  const spacing = exactMargin / perSecond
  return { name, spacing, tolerance: 0, window: { calls, seconds: calls * spacing } }
}

/** The limits that a call has to keep, that of its subject first. */
export const bucketsOf = (provider: string, subject: string | undefined): Bucket[] => {
  const { all, perSubject } = limits.get(provider) ?? {}
  return [...(subject === undefined ? [] : bucketOf(`${provider}:${subject}`, perSubject)), ...bucketOf(provider, all)]
}
