import type { Payload } from 'payload'
import { beforeAll, describe, expect, it } from 'vitest'
import type { ConsultantProfile, Customer } from '#payload-types'
import { createConsultant, createCustomer, createServiceType, createUser } from '../../support/fixtures'
import { getTestPayload } from '../../support/payload'
import { createRestClient, type RestAnswer, type RestClient } from '../../support/rest-client'

let payload: Payload
let staff: RestClient
let colleague: RestClient
let consultant: ConsultantProfile
let host: RestClient
let customer: Customer

beforeAll(async () => {
  payload = await getTestPayload()
  const anyone = await createRestClient(payload)
  staff = await anyone.as(await createUser(payload, ['admin']))
  colleague = await anyone.as(await createUser(payload, ['operations']))
  const expert = await createConsultant(payload)
  consultant = expert.profile
  host = await anyone.as(expert.user)
  customer = (await createCustomer(payload)).customer
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
      'Company: here nothing, there “Acme”',
    ],
    [
      'profiles',
      (): string => `/consultant-profiles/${consultant.id}`,
      { headline: 'Tax' },
      'Headline: here nothing, there “Tax”',
    ],
    ['settings', (): string => '/globals/booking-settings', { holdMinutes: 17 }, 'Hold (minutes): here 10, there 17'],
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

  it('the second one saves where both want the same, and whoever sends no form changes just what they send', async () => {
    const { id } = await createServiceType(payload, [consultant])
    const path = `/service-types/${id}`
    const form = await openForm(staff, path)
    expect((await colleague.patch(path, { sortOrder: 3 })).status).toBe(200)
    const same = await staff.patch(path, { ...form, sortOrder: 3 })
    expect(same.status, same.text).toBe(200)
    expect((await staff.patch(path, { name: 'Other' })).json.doc).toMatchObject({ name: 'Other', sortOrder: 3 })
  })

  it('none is told what they may not read', async () => {
    const path = `/consultant-profiles/${consultant.id}`
    const form = await openForm(host, path)
    expect((await staff.patch(path, { internalNotes: 'Careful.', headline: 'Law' })).status).toBe(200)
    const answer = await host.patch(path, { ...form, internalNotes: '?' })
    expect(expectConflict(answer)).toContain('“Law”')
    expect(answer.text).not.toContain('Careful')
  })

  it('one saves when both press the button at the same moment', async () => {
    const { customer: other } = await createCustomer(payload)
    const path = `/customers/${other.id}`
    const saveBoth = async (at: (one: Promise<RestAnswer>) => Promise<unknown>) => {
      const form = await openForm(staff, path)
      const one = staff.patch(path, { ...form, company: `One ${crypto.randomUUID()}` })
      await at(one)
      const two = colleague.patch(path, { ...form, company: `Two ${crypto.randomUUID()}` })
      return (await Promise.all([one, two])).map(({ status }) => status).sort()
    }
    expect(await saveBoth((one) => one)).toEqual([200, 409])
    for (let turn = 0; turn < 8; turn++) expect(await saveBoth(() => Promise.resolve())).toEqual([200, 409])
  })
})
