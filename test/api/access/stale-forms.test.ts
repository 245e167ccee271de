import type { Payload } from 'payload'
import { beforeAll, describe, expect, it } from 'vitest'
import type { ConsultantProfile, Customer, User } from '#payload-types'
import { createConsultant, createCustomer, createServiceType, createUser } from '../../support/fixtures'
import { getTestPayload } from '../../support/payload'
import { createRestClient, type RestAnswer, type RestClient } from '../../support/rest-client'

let payload: Payload
let staff: RestClient
let colleague: RestClient
let consultant: ConsultantProfile
let host: RestClient
let customer: Customer
let login: User

beforeAll(async () => {
  payload = await getTestPayload()
  const anyone = await createRestClient(payload)
  staff = await anyone.as(await createUser(payload, ['admin']))
  colleague = await anyone.as(await createUser(payload, ['operations']))
  const expert = await createConsultant(payload)
  consultant = expert.profile
  host = await anyone.as(expert.user)
  ;({ customer, user: login } = await createCustomer(payload))
  // Settings that nobody has ever saved have no state that a form could name.
  await payload.updateGlobal({ slug: 'booking-settings', data: { holdMinutes: 10 } })
})

/** All that a form of the admin sends. */
const openForm = async (client: RestClient, path: string): Promise<Record<string, unknown>> => {
  const { json } = await client.get(`${path}?depth=0&draft=true`)
  return json
}

const save = (client: RestClient, path: string, data: unknown) =>
  path.startsWith('/globals/') ? client.post(path, data) : client.patch(path, data)

const expectConflict = ({ status, text, json }: RestAnswer): string => {
  expect(status, text).toBe(409)
  expect(json.errors).toMatchObject([{ data: { code: 'conflict' } }])
  return json.errors[0].message
}

describe('of two people who have opened the same form', () => {
  it.each([
    [
      'customers',
      (): string => `/customers/${customer.id}`,
      { company: 'Acme' },
      'Company: yours nothing, stored “Acme”',
    ],
    [
      'profiles',
      (): string => `/consultant-profiles/${consultant.id}`,
      { headline: 'Tax' },
      'Headline: yours nothing, stored “Tax”',
    ],
    ['settings', (): string => '/globals/booking-settings', { holdMinutes: 17 }, 'Hold (minutes): yours 10, stored 17'],
  ] as const)(
    'the second one of %s is told what both have, and nothing is undone',
    async (_what, of, change, words) => {
      const path = of()
      const [name = '', value] = Object.entries(change)[0] ?? []
      const [mine, theirs] = [await openForm(staff, path), await openForm(colleague, path)]
      const first = await save(colleague, path, { ...theirs, ...change })
      expect(first.status, first.text).toBe(200)
      expect(expectConflict(await save(staff, path, mine))).toContain(words)
      expect((await openForm(staff, path))[name]).toBe(value)
      // Whoever has looked again saves.
      const again = await save(staff, path, { ...(await openForm(staff, path)), [name]: mine[name] })
      expect(again.status, again.text).toBe(200)
    },
  )

  it('the second one is told in German where they work in German, as everything that is refused there', async () => {
    const path = `/customers/${customer.id}`
    const german = { 'Accept-Language': 'de-AT,de;q=0.9' }
    const form = await openForm(staff, path)
    expect((await colleague.patch(path, { company: 'Lux' })).status).toBe(200)
    const stale = await staff.patch(path, { ...form, company: 'Nox' }, german)
    expect(expectConflict(stale)).toContain('Unternehmen: bei Ihnen “Nox”, gespeichert “Lux”')
    expect(stale.json.detail).toContain('Company: yours “Nox”, stored “Lux”')
    const fault = await staff.patch(path, { phone: 'none' }, german)
    expect(fault.json.errors[0].data.errors).toMatchObject([
      { path: 'phone', label: 'Telefon', message: 'Muss eine Telefonnummer sein, etwa +49 30 901820.' },
    ])
  })

  it('the second one saves where both want the same, and whoever sends no form changes just what they send', async () => {
    const { id } = await createServiceType(payload, [consultant])
    const path = `/service-types/${id}`
    const form = await openForm(staff, path)
    expect((await colleague.patch(path, { sortOrder: 3 })).status).toBe(200)
    const same = await staff.patch(path, { ...form, sortOrder: 3 })
    expect(same.status, same.text).toBe(200)
    expect((await staff.patch(path, { name: 'Other' })).json.doc).toMatchObject({ name: 'Other', sortOrder: 3 })
  })

  it('none is told what they may not read, nor refused for it', async () => {
    const path = `/consultant-profiles/${consultant.id}`
    const attribute = { subject: 'consultant-profiles', key: 'rank', label: 'Rank', type: 'text' }
    expect((await staff.post('/custom-attributes', attribute)).status).toBe(201)
    const form = await openForm(host, path)
    const hidden = { internalNotes: 'Careful.', attributes: { rank: 'Secret' } }
    const first = await staff.patch(path, hidden)
    expect(first.status, first.text).toBe(200)
    const same = await host.patch(path, form)
    expect(same.status, same.text).toBe(200)
    expect((await staff.patch(path, { headline: 'Law' })).status).toBe(200)
    const answer = await host.patch(path, { ...form, headline: 'Mine' })
    expect(expectConflict(answer)).toContain('“Law”')
    expect(answer.text).not.toMatch(/Careful|Secret/)
  })

  it('an earlier version is put back all the same', async () => {
    const path = '/consultant-profiles'
    expect((await staff.patch(`${path}/${consultant.id}`, { headline: 'Now' })).status).toBe(200)
    const { json } = await staff.get(`${path}/versions?where[parent][equals]=${consultant.id}&sort=-updatedAt`)
    const earlier = json.docs.find(({ version }: { version: ConsultantProfile }) => version.headline !== 'Now')
    const restored = await staff.post(`${path}/versions/${earlier.id}`)
    expect(restored.status, restored.text).toBe(200)
    expect((await openForm(staff, `${path}/${consultant.id}`)).headline).toBe(earlier.version.headline)
  })

  it.each([
    ['a record', (): string => `/users/${login.id}`, 'name'],
    ['settings', (): string => '/globals/booking-settings', 'holdMinutes'],
  ] as const)('one saves %s when both press the button at the same moment', async (_what, of, name) => {
    const path = of()
    let turn = 20
    const next = () => (name === 'holdMinutes' ? turn++ : `Name ${turn++}`)
    const saveBoth = async (at: (one: Promise<RestAnswer>) => Promise<unknown>) => {
      const form = await openForm(staff, path)
      const one = save(staff, path, { ...form, [name]: next() })
      await at(one)
      const two = save(staff, path, { ...form, [name]: next() })
      return (await Promise.all([one, two])).map(({ status }) => status).sort()
    }
    expect(await saveBoth((one) => one)).toEqual([200, 409])
    for (let round = 0; round < 8; round++) expect(await saveBoth(() => Promise.resolve())).toEqual([200, 409])
  })
})
