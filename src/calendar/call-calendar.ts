import { callProvider } from '#providers/call-provider'
import { findProviderLimited } from '#providers/provider-limited'
import type { ProviderVerdict } from '#providers/provider-call'
import { hashToken } from '#shared/ids'
import { CalendarError } from './calendar-error'

/** Whose account is asked, as limits are kept for it: it does not say what opens it. */
export const accountOf = (credential: string): string => hashToken(credential).slice(0, 22)

/** What an error says of the provider. Errors of calendars hold no credentials and nothing of an event. */
const judge = (error: unknown, isOfAll: (error: CalendarError) => boolean): ProviderVerdict => {
  if (!(error instanceof CalendarError)) return { outcome: 'failed', reason: 'The call failed.' }
  const { outcome, message: reason, retryAfterSeconds } = error
  switch (outcome) {
    case 'retry':
      return { outcome: 'limited', retryAfterSeconds, ...(isOfAll(error) ? { scope: 'provider' } : {}) }
    case 'unknown':
      return { outcome: 'failed', reason, retryAfterSeconds }
    default:
      return { outcome: 'refused' }
  }
}

/**
 * Calls a provider of calendars within its limits.
 * @param call.subject whose account, which host.
 * @param isOfAll whether a `retry` is about all calls to the provider, and not about this subject alone.
 * @throws CalendarError `retry` when the limits leave no turn in time; otherwise what `run` throws.
 */
export const callCalendar = async <T>(
  call: { provider: string; operation: string; subject?: string | undefined },
  run: () => Promise<T>,
  isOfAll: (error: CalendarError) => boolean = () => false,
): Promise<T> => {
  try {
    return await callProvider<T>(
      { ...call, judge: (settled) => ('error' in settled ? judge(settled.error, isOfAll) : { outcome: 'ok' }) },
      run,
    )
  } catch (error) {
    const limited = error instanceof CalendarError ? undefined : findProviderLimited(error)
    if (!limited) throw error
    const retryAfterSeconds = Math.ceil(limited.retryAfterSeconds)
    throw new CalendarError(limited.message, { outcome: 'retry', retryAfterSeconds, cause: limited })
  }
}
