import { describe, expect, it } from 'vitest'
import { almanacCalendar } from '../../support/almanac/almanac-calendar'
import { startAlmanac } from '../../support/almanac/start-almanac'
import { cleanUpLater } from '../../support/clean-up'
import { describeCalendarProvider } from '../../support/describe-calendar-provider'
import { openGoogleSandbox } from '../../support/google-sandbox'

/** The address of the sandbox is read once, with the settings. */
const once = <T>(open: () => Promise<T>): (() => Promise<T>) => {
  let opened: Promise<T> | undefined
  return () => (opened ??= open())
}

const email = 'ada@google.example'

const openGoogle = once(async () => {
  const { google, env } = await openGoogleSandbox()
  Object.assign(process.env, env)
  const { googleCalendar } = await import('#calendar/google/google-calendar')
  const { calendarScopes } = await import('#calendar/google/oauth')
  const { control } = google
  control.addPerson({ email, name: 'Ada', timeZone: 'Europe/Berlin' })
  const grant = () => control.grantAccess(email, calendarScopes)
  return { control, grant, provider: googleCalendar }
})

describeCalendarProvider('google', ['lists', 'entries', 'events', 'free-busy', 'channels', 'tokens'], async () => {
  const { control, grant, provider } = await openGoogle()
  control.limitPages(2)
  let { accessToken } = grant()
  return {
    provider,
    caller: () => ({ credential: accessToken }),
    calendarId: email,
    addEvent: (event) => control.addEvent(email, event).id ?? '',
    moveEvent: (id, times) => void control.moveEvent(email, id, times),
    retitleEvent: (id, title) => void control.retitleEvent(email, id, title),
    deleteEvent: (id) => control.deleteEvent(email, id),
    titleOf: (id) => control.event(email, id).summary ?? '',
    forgetTokens: () => control.expireSyncTokens(email),
    limitNext: (retryAfterSeconds) => control.failNext({ kind: 'too_many_requests', retryAfterSeconds }),
    failNext: () => control.failNext({ kind: 'server_error' }),
    endCredentials: () => {
      control.expireAccessTokens()
      accessToken = grant().accessToken
    },
  }
})

describeCalendarProvider('almanac', ['lists', 'entries', 'events'], async () => {
  const almanac = await startAlmanac()
  cleanUpLater(() => almanac.close())
  const { control } = almanac
  let passwords = 0
  return {
    provider: almanacCalendar,
    caller: () => ({ credential: almanac.secret() }),
    calendarId: 'home',
    addEvent: (event) => control.addEvent('home', event),
    moveEvent: (id, times) => control.changeEvent('home', id, times),
    retitleEvent: (id, title) => control.changeEvent('home', id, { title }),
    deleteEvent: (id) => control.deleteEvent('home', id),
    titleOf: (id) => control.event('home', id).title,
    forgetTokens: () => control.forgetTokens('home'),
    limitNext: (retryAfter) => control.failNext({ status: 429, retryAfter }),
    failNext: () => control.failNext({ status: 503 }),
    endCredentials: () => control.setPassword(`sesame-${++passwords}`),
  }
})

describe('tokens that Google gives', () => {
  it('are renewed until the grant is given back', async () => {
    const { grant, provider } = await openGoogle()
    const { access, listCalendars } = provider
    if (access.is !== 'tokens') throw new Error('Google gives tokens.')
    const { refreshToken } = grant()
    const renewed = await access.refresh(refreshToken)
    expect(renewed.expiresAt).toBeGreaterThan(Date.now())
    expect(await listCalendars?.({ credential: renewed.accessToken })).toHaveLength(1)
    await access.revoke?.(refreshToken)
    await access.revoke?.(refreshToken)
    await expect(access.refresh(refreshToken)).rejects.toMatchObject({ outcome: 'needs_reauth' })
  })
})
