import { callProvider } from '#providers/call-provider'
import { findProviderLimited } from '#providers/provider-limited'
import { declareProviderLimits } from '#providers/provider-limits'
import type { ProviderVerdict } from '#providers/provider-call'
import { hashToken } from '#shared/ids'
import { RoomError } from './room-error'
import type { RoomProvider } from './room-provider'

const judge = (error: unknown): ProviderVerdict => {
  if (!(error instanceof RoomError)) return { outcome: 'failed', reason: 'The call failed.' }
  switch (error.outcome) {
    case 'refused':
    case 'gone':
      return { outcome: 'refused' }
    // It does not say why: the next call may be one that it takes.
    case 'not_processed':
      return { outcome: 'failed', reason: 'It did nothing.' }
    case 'unknown':
      return { outcome: 'failed', reason: 'Whether it did anything is not known.' }
  }
}

/** The same provider of an installation, called within the limits that it declares and with its health noted. */
export const withinLimits = (provider: RoomProvider): RoomProvider => {
  if (provider.room !== 'remote') return provider
  const name = `room:${provider.name}`
  declareProviderLimits(name, provider.limits)
  const call = async <T>(operation: string, account: string | null, run: () => Promise<T>): Promise<T> => {
    try {
      return await callProvider<T>(
        {
          provider: name,
          operation,
          subject: account === null ? undefined : hashToken(account).slice(0, 22),
          judge: (settled) => ('error' in settled ? judge(settled.error) : { outcome: 'ok' }),
        },
        run,
      )
    } catch (error) {
      const limited = error instanceof RoomError ? undefined : findProviderLimited(error)
      if (!limited) throw error
      throw new RoomError(limited.message, { outcome: 'not_processed', cause: limited })
    }
  }
  const { hostUrl } = provider
  return {
    ...provider,
    isConnected: () => provider.isConnected(),
    create: (session) => call('create', session.account, async () => provider.create(session)),
    find: (session) => call('find', session.account, async () => provider.find(session)),
    move: (room, session) => call('move', room.account, async () => provider.move(room, session)),
    remove: (room) => call('remove', room.account, async () => provider.remove(room)),
    ...(hostUrl ? { hostUrl: (room) => call('hostUrl', room.account, async () => hostUrl.call(provider, room)) } : {}),
  }
}
