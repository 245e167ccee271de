import { describe, expect, it } from 'vitest'
import { ada, startSuite, type Suite } from './support'

const send = ({ url }: Suite, path: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
  fetch(`${url}/_sandbox/${path}`, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual', headers })

const page = async ({ url }: Suite): Promise<string> => (await fetch(url)).text()

/** Ten days from now, at this time of Ada's day. */
const on = (suite: Suite, time: string): string =>
  `${new Date(suite.control.now() + 10 * 86_400_000).toISOString().slice(0, 10)}T${time}`

const titles = (suite: Suite) =>
  suite.control.events(ada).flatMap(({ status, summary }) => (status === 'cancelled' ? [] : [summary]))

describe('the page of calendars', () => {
  it('shows everybody’s calendars, with titles that stay text', async () => {
    const suite = await startSuite()
    suite.control.addEvent(ada, { summary: '<b>Yoga</b>', start: on(suite, '10:00'), end: on(suite, '11:00') })
    const shown = await page(suite)
    expect(shown).toContain('&lt;b&gt;Yoga&lt;/b&gt;')
    expect(shown).toContain(`${on(suite, '10:00').replace('T', ' ')} – 11:00`)
    expect(shown).toContain('Private of ben@parley.example')
  })

  it('adds, moves and deletes as the owner would, and says where it all went', async () => {
    const suite = await startSuite()
    const times = { start: on(suite, '14:00'), end: on(suite, '15:00') }
    const added = await send(suite, 'events/add', { calendar: ada, summary: 'Dentist', recurrence: '', ...times })
    expect([added.status, added.headers.get('location')]).toEqual([303, '/'])
    expect(titles(suite)).toEqual(['Dentist'])
    const [{ id = '' } = {}] = suite.control.events(ada)
    const event = { calendar: ada, event: String(id) }
    await send(suite, 'events/move', { ...event, start: on(suite, '16:00'), end: on(suite, '17:00') })
    expect(suite.control.event(ada, String(id)).start?.dateTime).toContain('T16:00:00')
    await send(suite, 'events/delete', event)
    expect(titles(suite)).toEqual([])
    expect(await page(suite)).not.toContain('Dentist:')
  })

  it('refuses what it does not know, and requests of other sites', async () => {
    const suite = await startSuite()
    const refused = await send(suite, 'events/add', { calendar: ada, start: 'tomorrow', end: on(suite, '15:00') })
    expect([refused.status, await refused.text()]).toEqual([400, expect.stringContaining('2026-05-01T14:30')])
    expect((await send(suite, 'events/delete', { calendar: ada, event: 'nothing' })).status).toBe(404)
    expect((await send(suite, 'nonsense', {})).status).toBe(404)
    const elsewhere = await send(
      suite,
      'access/withdraw',
      { email: ada },
      { Origin: 'https://elsewhere.example', 'Sec-Fetch-Site': 'cross-site' },
    )
    expect(elsewhere.status).toBe(403)
    expect(titles(suite)).toEqual([])
  })
})
