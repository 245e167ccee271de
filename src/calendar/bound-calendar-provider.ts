import { declareProviderLimits } from '#providers/provider-limits'
import { accountOf, callCalendar } from './call-calendar'
import { CalendarError } from './calendar-error'
import type { CalendarAccess, CalendarCaller, CalendarProvider } from './calendar-provider'
import { inEnglish } from '#shared/words'

/** Shorter than one worker renews access by itself, longer than our own providers wait for an answer. */
const usualPatienceMs = 25_000

type Asking = { name: string; label: string; patienceMs: number; subject?: string }

/**
 * Calls a provider. @throws CalendarError alone: what it throws otherwise says nothing of what it did, and one that does not answer may still
 * be at it.
 */
const ask = <T>({ name, subject, ...asking }: Asking, operation: string, call: () => Promise<T>): Promise<T> =>
  callCalendar({ provider: `calendar:${name}`, operation, subject }, () => askOnce(asking, call))

const askOnce = async <T>({ label, patienceMs }: Omit<Asking, 'name'>, call: () => Promise<T>): Promise<T> => {
  let timer: NodeJS.Timeout | undefined
  const noAnswer = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new CalendarError(`${label} did not answer within ${patienceMs / 1_000} seconds.`, { outcome: 'unknown' }))
    }, patienceMs)
  })
  try {
    return await Promise.race([call(), noAnswer])
  } catch (error) {
    if (error instanceof CalendarError) throw error
    // Its words may hold what nobody is to read; the log has the cause.
    throw new CalendarError(`${label} failed.`, { outcome: 'unknown', cause: error })
  } finally {
    clearTimeout(timer)
  }
}

const requireSound = ({ name, freeBusy, channels }: CalendarProvider): void => {
  if (freeBusy && !(freeBusy.mostCalendars >= 1 && freeBusy.mostDays >= 1)) {
    throw new Error(`The calendar provider "${name}" has to answer for at least one calendar and one day at once.`)
  }
  if (channels && !(channels.lifetimeMs > 24 * 3_600_000)) {
    throw new Error(`The calendar provider "${name}" needs channels that last longer than a day (lifetimeMs).`)
  }
}

/**
 * The same provider, of whose calls each comes to an end, and as the contract says: an installation's is other people's code, and a call that
 * hangs would keep a worker from everything else.
 * @throws Error that says what to change in it.
 */
export const boundCalendarProvider = (
  provider: CalendarProvider,
  patienceMs: number = usualPatienceMs,
): CalendarProvider => {
  requireSound(provider)
  const { label, freeBusy, whole, channels } = provider
  const usual = { name: provider.name, label: inEnglish(label), patienceMs }
  const by = ({ credential, timeoutMs }: CalendarCaller): Asking => ({
    ...usual,
    patienceMs: timeoutMs ?? patienceMs,
    subject: accountOf(credential),
  })
  declareProviderLimits(`calendar:${provider.name}`, provider.limits)
  return {
    name: provider.name,
    label,
    ...(provider.limits ? { limits: provider.limits } : {}),
    isAskedLive: provider.isAskedLive,
    access: boundAccess(provider.access, usual),
    listCalendars:
      provider.listCalendars && ((caller) => ask(by(caller), 'listCalendars', async () => listOf(provider)(caller))),
    freeBusy: freeBusy && {
      mostCalendars: freeBusy.mostCalendars,
      mostDays: freeBusy.mostDays,
      read: (caller, ...rest) => ask(by(caller), 'freeBusy.read', async () => freeBusy.read(caller, ...rest)),
    },
    whole: whole && { read: (caller, asked) => ask(by(caller), 'whole.read', async () => whole.read(caller, asked)) },
    channels: channels && {
      lifetimeMs: channels.lifetimeMs,
      path: channels.path,
      canArrive: () => channels.canArrive(),
      open: (caller, ...rest) => ask(by(caller), 'channels.open', async () => channels.open(caller, ...rest)),
      close: (caller, channel) => ask(by(caller), 'channels.close', async () => channels.close(caller, channel)),
    },
    ...boundEntries(provider, by),
  }
}

const listOf = (provider: CalendarProvider) => async (caller: CalendarCaller) =>
  (await provider.listCalendars?.(caller)) ?? []

const boundAccess = (access: CalendarAccess, usual: Asking): CalendarAccess => {
  if (access.is === 'secret') return access
  const { revoke } = access
  return {
    is: 'tokens',
    refresh: (token, timeoutMs) =>
      ask({ ...usual, patienceMs: timeoutMs ?? usual.patienceMs }, 'access.refresh', async () =>
        access.refresh(token, timeoutMs),
      ),
    revoke: revoke && ((token) => ask(usual, 'access.revoke', async () => revoke.call(access, token))),
  }
}

type WithEntries = Pick<Extract<CalendarProvider, { entries: object }>, 'entries' | 'events'>
type WithoutEntries = Pick<Extract<CalendarProvider, { entries: null }>, 'entries' | 'events'>

const boundEntries = (
  { entries, events }: WithEntries | WithoutEntries,
  by: (caller: CalendarCaller) => Asking,
): WithEntries | WithoutEntries => {
  const reading = events && {
    readPage: (...args: Parameters<typeof events.readPage>) =>
      ask(by(args[0]), 'events.readPage', async () => events.readPage(...args)),
  }
  if (!entries || !reading) return { entries: null, events: reading }
  return {
    events: reading,
    entries: {
      room: entries.room,
      create: (caller, ...rest) => ask(by(caller), 'entries.create', async () => entries.create(caller, ...rest)),
      get: (caller, ...rest) => ask(by(caller), 'entries.get', async () => entries.get(caller, ...rest)),
      change: (caller, ...rest) => ask(by(caller), 'entries.change', async () => entries.change(caller, ...rest)),
      remove: (caller, ...rest) => ask(by(caller), 'entries.remove', async () => entries.remove(caller, ...rest)),
    },
  }
}
