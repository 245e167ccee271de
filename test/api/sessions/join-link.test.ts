import { beforeAll, describe, expect, it } from 'vitest'
import { connectTo } from '../../support/database'
import { alwaysOpen, createConsultant, createServiceType, guest, hourIn, iso } from '../../support/fixtures'
import { openTestPayload } from '../../support/payload'
import { createRestClient, type RestClient } from '../../support/rest-client'

let api: RestClient
let client: Awaited<ReturnType<typeof connectTo>>
let days = 3

beforeAll(async () => {
  const { payload, database } = await openTestPayload()
  const { profile } = await createConsultant(payload, { slug: 'kenji', availability: alwaysOpen })
  await createServiceType(payload, [profile], { slug: 'introduction' })
  api = await createRestClient(payload)
  client = await connectTo(database)
})

/** A session that starts so many minutes from now, and the customer's link into its room. */
const book = async (minutes: number) => {
  const answer = await api.post('/booking/sessions', {
    consultant: 'kenji',
    serviceType: 'introduction',
    start: iso(hourIn(days++)),
    customer: guest({ name: '<b>Ada</b>' }),
  })
  expect(answer.status, answer.text).toBe(201)
  const { reference, meeting } = answer.json.session as { reference: string; meeting: { joinUrl: string } }
  await client.query(
    `UPDATE scheduled_sessions SET ends_at = now() + $2 * interval '1 minute' + (ends_at - starts_at),
     starts_at = now() + $2 * interval '1 minute' WHERE reference = $1`,
    [reference, minutes],
  )
  const joinedAt = async () => {
    const { rows } = await client.query<{ at: Date | null }>(
      'SELECT attendance_customer_joined_at AS at FROM scheduled_sessions WHERE reference = $1',
      [reference],
    )
    return rows[0]?.at ?? null
  }
  const sidesThere = async () => {
    const { rows } = await client.query<{ sides: { customer: boolean; consultant: boolean } }>(
      `SELECT jsonb_build_object('customer', attendance_customer_joined_at IS NOT NULL,
         'consultant', attendance_consultant_joined_at IS NOT NULL) AS sides FROM scheduled_sessions WHERE reference = $1`,
      [reference],
    )
    return rows[0]?.sides
  }
  return { reference, link: meeting.joinUrl.replace(/^.*\/api/, ''), joinedAt, sidesThere }
}

describe('the link into the room', () => {
  it('leads there at once while nobody is noted as there', async () => {
    const { link, joinedAt } = await book(60)
    const answer = await api.get(link)
    expect(answer.status).toBe(302)
    expect(answer.headers.get('location')).toContain('meet.jit.si')
    expect(await joinedAt()).toBeNull()
  })

  it('shows a button when it is time: programs that follow links note nobody', async () => {
    const { link, joinedAt } = await book(5)
    for (const headers of [undefined, { Purpose: 'prefetch', 'Sec-Purpose': 'prefetch;prerender' }]) {
      const page = await api.get(link, headers)
      expect(page.status).toBe(200)
      expect(page.headers.get('referrer-policy')).toBe('same-origin')
      expect(page.headers.get('content-security-policy')).toContain("form-action 'self' https:")
      expect(page.text).toContain('<form method="post"')
      expect(page.text).toContain('Enter the room')
    }
    expect(await joinedAt()).toBeNull()
    const entered = await api.post(link)
    expect(entered.status).toBe(303)
    expect(entered.headers.get('location')).toContain('meet.jit.si')
    const first = await joinedAt()
    expect(first).not.toBeNull()
    expect((await api.post(link)).status).toBe(303)
    expect(await joinedAt()).toEqual(first)
  })

  it('in the calendar is the consultant’s, and what staff are shown is nobody’s', async () => {
    const { reference, sidesThere } = await book(5)
    const [{ settings }, { deriveToken }, { joinUrlOf }] = await Promise.all([
      import('#settings'),
      import('#shared/ids'),
      import('#sessions/present-session'),
    ])
    const secret = settings.payloadSecret
    const visit = joinUrlOf({ reference }, { serverUrl: '', secret, actor: { role: 'operations' } })
    const looked = await api.get(visit.replace('/api', ''))
    expect(looked.status).toBe(302)
    expect(looked.headers.get('location')).toContain('meet.jit.si')
    expect((await api.post(visit.replace('/api', ''))).status).toBe(303)
    expect(await sidesThere()).toEqual({ customer: false, consultant: false })
    const entry = `/booking/sessions/${reference}/join?key=${deriveToken(secret, 'session-calendar', reference)}`
    expect((await api.post(entry)).status).toBe(303)
    expect(await sidesThere()).toEqual({ customer: false, consultant: true })
  })

  it('opens nothing with another key, either way', async () => {
    const { link, joinedAt } = await book(5)
    const wrong = link.replace(/key=.*/, 'key=wrong')
    expect((await api.get(wrong)).json).toMatchObject({ code: 'not_found' })
    expect((await api.post(wrong)).json).toMatchObject({ code: 'not_found' })
    expect(await joinedAt()).toBeNull()
  })

  it('says to whoever follows it in a browser why it opens nothing, in their language', async () => {
    const { link } = await book(5)
    const wrong = link.replace(/key=.*/, 'key=wrong')
    const browser = { Accept: 'text/html,application/xhtml+xml,*/*;q=0.8' }
    const page = await api.get(wrong, browser)
    expect(page.status).toBe(404)
    expect(page.headers.get('content-type')).toContain('text/html')
    expect(page.text).toContain('That is not possible')
    const german = await api.get(wrong, { ...browser, 'Accept-Language': 'de' })
    expect(german.text).toContain('<html lang="de">')
    expect(german.text).toContain('Das haben wir nicht gefunden.')
    expect((await api.get(link, { ...browser, 'Accept-Language': 'de' })).text).toContain('Raum betreten')
  })
})
