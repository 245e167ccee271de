import { callProvider, type Settled } from '#providers/call-provider'
import { findProviderLimited } from '#providers/provider-limited'
import { declareProviderLimits } from '#providers/provider-limits'
import type { ProviderVerdict } from '#providers/provider-call'
import type { Channel, SendOutcome } from './channel'

/** A message that it takes later says nothing of why; with a pause it is asked for, it is too much. */
const judge = (settled: Settled<SendOutcome>): ProviderVerdict => {
  if ('error' in settled) return { outcome: 'failed', reason: 'The call failed.' }
  const { value } = settled
  switch (value.status) {
    case 'sent':
      return { outcome: 'ok' }
    case 'refused':
      return { outcome: 'refused' }
    case 'retry':
      return { outcome: 'failed', reason: 'It did not take a message.', retryAfterSeconds: value.retryAfterSeconds }
    // Other people's code may answer anything.
    default:
      return { outcome: 'failed', reason: 'It did not say what became of a message.' }
  }
}

/** The same channel of an installation, called within the limits that it declares and with its health noted. */
export const channelWithinLimits = (name: string, channel: Channel): Channel => {
  const provider = `channel:${name}`
  declareProviderLimits(provider, channel.limits)
  return {
    ...channel,
    deliver: async (message, delivery) => {
      try {
        return await callProvider<SendOutcome>({ provider, operation: 'deliver', judge }, async () =>
          channel.deliver(message, delivery),
        )
      } catch (error) {
        const limited = findProviderLimited(error)
        if (!limited) throw error
        const retryAfterSeconds = Math.ceil(limited.retryAfterSeconds)
        return { status: 'retry', reason: limited.message, retryAfterSeconds, isPostponed: true }
      }
    },
  }
}
