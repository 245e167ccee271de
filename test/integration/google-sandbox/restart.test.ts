import { appendFile, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import {
  ada,
  calendarScope,
  clientId,
  clientSecret,
  createCalendarClient,
  monday,
  startReceiver,
  startSuite,
} from './support'
import { startGoogleSandbox } from '#sandbox/google/start-google-sandbox'

const calendarId = 'primary'

const newFile = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'google-sandbox-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return join(folder, 'google.jsonl')
}

describe('a sandbox with a file', () => {
  it('still knows events, tokens, channels and its clock after a restart', async () => {
    const stateFile = await newFile()
    const receiver = await startReceiver()
    const first = await startSuite({ stateFile })
    const { accessToken, refreshToken } = first.control.grantAccess(ada, [calendarScope])
    await first.api.events.insert({ calendarId, requestBody: { id: 'kept0', ...monday } })
    await first.api.events.insert({ calendarId, requestBody: { id: 'gone0', ...monday } })
    await first.api.events.delete({ calendarId, eventId: 'gone0' })
    const { data } = await first.api.events.list({ calendarId })
    await first.api.events.watch({
      calendarId,
      requestBody: { id: 'channel-1', type: 'web_hook', address: receiver.url },
    })
    first.control.advanceClock(60_000)
    await first.close()

    const second = await startSuite({ stateFile })
    expect(second.control.now() - Date.now()).toBeGreaterThan(50_000)
    const api = createCalendarClient(second.url, accessToken)
    expect((await api.events.get({ calendarId, eventId: 'gone0' })).data.status).toBe('cancelled')
    second.oauth.setCredentials({ refresh_token: refreshToken })
    await second.oauth.refreshAccessToken()
    second.control.retitleEvent(ada, 'kept0', 'Renamed')
    const delta = await api.events.list({ calendarId, syncToken: data.nextSyncToken ?? '' })
    expect(delta.data.items).toMatchObject([{ id: 'kept0', summary: 'Renamed' }])
    await second.control.notificationsIdle()
    expect(receiver.received.at(-1)?.headers).toMatchObject({ 'x-goog-resource-state': 'exists' })
  })

  it('has written everything before it answers: being killed loses nothing', async () => {
    const stateFile = await newFile()
    const suite = await startSuite({ stateFile })
    const ids = Array.from({ length: 20 }, (_, n) => `event${n}`)
    await Promise.all(ids.map((id) => suite.api.events.insert({ calendarId, requestBody: { id, ...monday } })))
    await suite.api.events.delete({ calendarId, eventId: 'event7' })
    // What a kill leaves behind is read by another one beside the first.
    const copy = `${stateFile}.copy`
    // Killed in the middle of a line, which nobody was answered for.
    await writeFile(copy, `${await readFile(stateFile, 'utf8')}["events","x/half",{"id":`)
    const second = await startSuite({ stateFile: copy })
    expect(
      second.control
        .events(ada)
        .map(({ id }) => id)
        .sort(),
    ).toEqual(ids.toSorted())
    expect(second.control.event(ada, 'event7').status).toBe('cancelled')
  })

  it('writes as much as changed, and makes the file small again', async () => {
    const stateFile = await newFile()
    const suite = await startSuite({ stateFile })
    for (let n = 0; n < 2_000; n++) {
      suite.control.addEvent(ada, { id: `event${n}`, start: '2027-01-04T09:00', end: '2027-01-04T10:00' })
    }
    await suite.api.events.list({ calendarId, maxResults: 1 })
    const before = (await stat(stateFile)).size
    await suite.api.events.insert({ calendarId, requestBody: { id: 'one00', ...monday } })
    expect((await stat(stateFile)).size - before).toBeLessThan(2_000)
    for (let n = 0; n < 14_000; n++) {
      suite.control.retitleEvent(ada, 'one00', `Title ${n}`)
      if (n % 100 === 0) await suite.api.events.get({ calendarId, eventId: 'one00' })
    }
    expect((await stat(stateFile)).size).toBeLessThan(before * 1.2)
    await suite.close()
    expect((await readFile(stateFile, 'utf8')).split('\n').length).toBeLessThan(5_000)
  })

  it('can be read by its owner alone: it holds tokens', async () => {
    const stateFile = await newFile()
    await startSuite({ stateFile })
    expect((await stat(stateFile)).mode & 0o777).toBe(0o600)
  })

  it('does not start over a file that it cannot read', async () => {
    const stateFile = await newFile()
    const start = () => startGoogleSandbox({ port: 0, clientId, clientSecret, stateFile })
    await writeFile(stateFile, '{"sandbox":"Zoom","version":1}\n')
    await expect(start()).rejects.toThrow('move it away')
    await writeFile(stateFile, '{"sandbox":"Google","version":1}\nnonsense\n["settings","a",null]\n')
    await expect(start()).rejects.toThrow('damaged in line 2')
    await appendFile(stateFile, 'more')
    expect(await readFile(stateFile, 'utf8')).toContain('nonsense')
  })
})

describe('starting', () => {
  it('says when the port is taken', async () => {
    const { url } = await startSuite()
    const port = Number(new URL(url).port)
    await expect(startGoogleSandbox({ port, clientId, clientSecret })).rejects.toThrow('EADDRINUSE')
  })

  it('wants a client', async () => {
    await expect(startGoogleSandbox({ port: 0, clientId, clientSecret: ' ' })).rejects.toThrow('client id')
  })

  it('uses the address that it is told', async () => {
    const suite = await startSuite({ publicUrl: 'https://calendar.parley.example/' })
    expect(suite.url).toBe('https://calendar.parley.example')
  })
})
