import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { session, startReceiver, startSuite, type Suite } from './support'

const post = (url: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
  fetch(url, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual', headers })

const turn = async ({ url }: Suite, path: string, body: object = {}) => {
  const response = await fetch(`${url}/_sandbox/${path}`, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'Content-Type': 'application/json' },
  })
  return { status: response.status, body: (await response.json()) as unknown }
}

describe('the links of a meeting', () => {
  it('let guests in and out again', async () => {
    const suite = await startSuite()
    const { id, joinUrl } = await suite.client.createMeeting('me', {
      ...session,
      topic: '<b>Call</b>',
      startsAt: suite.control.now(),
    })
    const page = await (await fetch(joinUrl)).text()
    expect(page).toContain('&lt;b&gt;Call&lt;/b&gt;')
    expect(page).toContain('<label for="name">Your name</label>')
    const entered = await post(joinUrl, { does: 'join', name: 'Kim' })
    expect(entered.status).toBe(303)
    const inside = new URL(entered.headers.get('location') ?? '', suite.url).href
    expect(await (await fetch(inside)).text()).toContain('You are in the meeting.')
    expect(suite.control.present(id)).toMatchObject([{ name: 'Kim' }])
    expect((await post(inside, { does: 'leave' })).status).toBe(303)
    expect(suite.control.present(id)).toEqual([])
    expect((await post(joinUrl, { does: 'dance' })).status).toBe(400)
  })

  it('let the host start and end, for two hours', async () => {
    const suite = await startSuite()
    const { id, joinUrl, startUrl } = await suite.client.createMeeting('me', {
      ...session,
      startsAt: Date.UTC(2099, 0, 1),
    })
    const early = await post(joinUrl, { does: 'join', name: 'Kim' })
    expect([early.status, (await early.text()).includes('The host has not started the meeting yet.')]).toEqual([
      400,
      true,
    ])
    const entered = await post(startUrl ?? '', { does: 'join' })
    const inside = new URL(entered.headers.get('location') ?? '', suite.url).href
    expect(await (await fetch(inside)).text()).toContain('End for all')
    expect(suite.control.present(id)).toMatchObject([{ name: 'Parley Rooms' }])
    await post(inside, { does: 'end' })
    expect(suite.control.meeting(id).heldAs).toBeNull()
    suite.control.advanceClock(2 * 3_600_000 + 1)
    expect((await fetch(startUrl ?? '')).status).toBe(404)
  })

  it('are good for whoever has them, not for whoever guesses', async () => {
    const suite = await startSuite()
    const { id, joinUrl, startUrl } = await suite.client.createMeeting('me', session)
    for (const url of [
      `${suite.url}/j/${id}`,
      `${joinUrl}x`,
      `${suite.url}/s/${id}?zak=9999999999999.x`,
      `${startUrl ?? ''}x`,
    ]) {
      expect((await fetch(url)).status).toBe(404)
    }
    expect((await post(joinUrl, { does: 'join', name: 'Kim' }, { Origin: 'https://evil.example' })).status).toBe(403)
  })
})

describe('the status page', () => {
  it('shows meetings, events and calls, and turns the knobs', async () => {
    const receiver = await startReceiver()
    const suite = await startSuite({ webhookUrl: receiver.url })
    const { id } = await suite.client.createMeeting('me', session)
    suite.control.start(id)
    suite.control.join(id, { name: 'Kim <3' })
    await suite.control.webhooksIdle()
    const page = await (await fetch(`${suite.url}/`)).text()
    for (const text of ['Strategy call', id, 'Kim &lt;3', 'meeting.started', 'meetings.create', receiver.url]) {
      expect(page).toContain(text)
    }
    const answer = await post(`${suite.url}/_sandbox/meetings/${id}/end`, { _: '' })
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/'])
    expect(suite.control.meeting(id).heldAs).toBeNull()
  })
})

describe('the knobs over HTTP', () => {
  it('do what the control does', async () => {
    const suite = await startSuite()
    const { id } = await suite.client.createMeeting('me', { ...session, startsAt: suite.control.now() })
    const { body } = await turn(suite, `meetings/${id}/join`, { name: 'Kim' })
    await turn(suite, `meetings/${id}/leave`, body as object)
    expect(suite.control.events().map(({ event }) => event)).toHaveLength(4)
    expect((await turn(suite, `meetings/${id}/record`)).status).toBe(200)
    await turn(suite, 'faults/api', { kind: 'server_error', operation: 'meetings.get', times: '1', applied: 'true' })
    await expect(suite.client.getMeeting(id)).rejects.toMatchObject({ outcome: 'unknown' })
    expect((await turn(suite, 'clock', { advanceMs: 1000 })).body).toMatchObject({ now: expect.any(Number) })
    const events = (await (await fetch(`${suite.url}/_sandbox/events`)).json()) as { events: unknown[] }
    expect(events.events).toHaveLength(5)
  })

  it('refuse what they do not know', async () => {
    const suite = await startSuite()
    expect(await turn(suite, 'meetings/1/start')).toMatchObject({
      status: 404,
      body: { error: 'Meeting does not exist: 1.' },
    })
    expect(await turn(suite, 'dance')).toMatchObject({ status: 404 })
    expect(await turn(suite, 'clock', { advanceMs: -1 })).toMatchObject({ status: 400 })
    expect((await fetch(`${suite.url}/_sandbox/dance`)).status).toBe(404)
    const foreign = await post(`${suite.url}/_sandbox/clock`, { advanceMs: '1' }, { Origin: 'https://evil.example' })
    expect(foreign.status).toBe(403)
  })
})

describe('a sandbox with a file', () => {
  it('still knows its meetings after a restart, and brings the events that had not arrived', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'zoom-sandbox-'))
    onTestFinished(() => rm(folder, { recursive: true, force: true }))
    const stateFile = join(folder, 'zoom.jsonl')
    const first = await startSuite({ stateFile, webhookUrl: 'http://127.0.0.1:1/', retryDelays: [60_000] })
    const { id, joinUrl } = await first.client.createMeeting('me', session)
    first.control.start(id)
    await first.control.webhooksIdle()
    await first.close()

    const receiver = await startReceiver()
    const second = await startSuite({ stateFile, webhookUrl: receiver.url })
    expect(await second.client.getMeeting(id)).toMatchObject({ id })
    await second.control.webhooksIdle()
    expect(receiver.names()).toEqual(['meeting.started'])
    second.control.end(id)
    await second.control.webhooksIdle()
    expect(receiver.names()).toEqual(['meeting.started', 'meeting.ended'])
    expect(new URL(joinUrl).pathname).toBe(`/j/${id}`)
    await second.close()
    const third = await startSuite({ stateFile, webhookUrl: receiver.url })
    await third.control.webhooksIdle()
    expect(receiver.received).toHaveLength(2)
  })
})
