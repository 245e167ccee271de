import type { PayloadRequest } from 'payload'
import { describe, expect, test } from 'vitest'
import { admins, anyone, nobody, staff } from '#access/collection-access'
import { ownConsultantId, ownCustomerId } from '#access/own-records'
import {
  assignedOrOwnRequests,
  createForOwnConsultant,
  ofOwnConsultant,
  ofOwnConsultantOrCustomer,
  ofOwnSessions,
  ownCustomerOrThoseMet,
  publishedOrOwnSlots,
  publicOrOwnProfile,
} from '#access/record-access'
import { relatedId } from '#access/related-id'
import { hasRole, isAdmin, isStaff, type UserRole } from '#access/roles'

type Records = { consultant?: string; customer?: string; met?: string[] }

/** A request of a user whose records are these; `lookUps` says what was asked of the database. */
const requestOf = (roles: UserRole[] | null, records: Records = {}) => {
  const lookUps: string[] = []
  const find = async ({ collection }: { collection: string }) => {
    lookUps.push(collection)
    const id = collection === 'customers' ? records.customer : records.consultant
    return { docs: id ? [{ id }] : [] }
  }
  const findDistinct = async () => ({ values: (records.met ?? []).map((customer) => ({ customer })) })
  const user = roles && { id: 'user', collection: 'users', roles }
  // Only what the access functions look at.
  const req = { user, context: {}, payload: { find, findDistinct } } as unknown as PayloadRequest
  return { req, lookUps }
}

const asked = (roles: UserRole[] | null, records: Records = {}) => ({ req: requestOf(roles, records).req })

describe('roles', () => {
  test('one of those that are asked for is enough', () => {
    const req = asked(['customer', 'consultant']).req
    expect(hasRole(req, 'admin', 'consultant')).toBe(true)
    expect(hasRole(req, 'admin', 'operations')).toBe(false)
    expect(hasRole(req)).toBe(false)
  })

  test('nobody who is not logged in has any, and no login of another collection', () => {
    expect(hasRole(asked(null).req, 'customer')).toBe(false)
    const other = { user: { id: '1', collection: 'machines', roles: ['admin'] } } as unknown as PayloadRequest
    expect(isAdmin(other)).toBe(false)
  })

  test('staff are administrators and operations', () => {
    const all: UserRole[] = ['admin', 'operations', 'consultant', 'customer']
    expect(all.filter((role) => isStaff(asked([role]).req))).toEqual(['admin', 'operations'])
    expect(all.filter((role) => isAdmin(asked([role]).req))).toEqual(['admin'])
  })

  test.each([
    [anyone, [true, true, true, true]],
    [staff, [true, true, false, false]],
    [admins, [true, false, false, false]],
    [nobody, [false, false, false, false]],
  ] as const)('%o', (access, expected) => {
    const roles: UserRole[] = ['admin', 'operations', 'consultant', 'customer']
    expect(roles.map((role) => access(asked([role])))).toEqual(expected)
  })
})

describe('own records', () => {
  test('are looked up once per request, for however many documents', async () => {
    const { req, lookUps } = requestOf(['consultant'], { consultant: 'c1', customer: 'k1' })
    expect(await Promise.all([1, 2, 3].map(() => ownConsultantId(req)))).toEqual(['c1', 'c1', 'c1'])
    expect(await Promise.all([1, 2].map(() => ownCustomerId(req)))).toEqual(['k1', 'k1'])
    expect(lookUps).toEqual(['consultant-profiles', 'customers'])
  })

  test('are not looked up for somebody who cannot have any', async () => {
    const anonymous = requestOf(null)
    expect([await ownConsultantId(anonymous.req), await ownCustomerId(anonymous.req)]).toEqual([undefined, undefined])
    const customer = requestOf(['customer'], { consultant: 'not-a-consultant-any-more' })
    expect(await ownConsultantId(customer.req)).toBeUndefined()
    expect([...anonymous.lookUps, ...customer.lookUps]).toEqual([])
  })
})

describe('what is not granted is refused', () => {
  test.each([
    ['nobody logged in', null, {}],
    ['a consultant without a profile', ['consultant'], {}],
    ['a customer without a record', ['customer'], {}],
  ] as const)('%s', async (_, roles, records) => {
    const args = asked(roles && [...roles], records)
    for (const access of [
      ofOwnConsultant,
      ofOwnSessions,
      ofOwnConsultantOrCustomer,
      assignedOrOwnRequests,
      ownCustomerOrThoseMet,
    ]) {
      expect(await access(args)).toBe(false)
    }
  })

  test('somebody who is both has both', async () => {
    const args = asked(['consultant', 'customer'], { consultant: 'c1', customer: 'k1', met: ['k2', 'k3'] })
    expect(await ofOwnConsultantOrCustomer(args)).toEqual({
      or: [{ consultant: { equals: 'c1' } }, { customer: { equals: 'k1' } }],
    })
    expect(await ofOwnSessions(args)).toEqual({
      or: [
        { and: [{ consultant: { equals: 'c1' } }, { emailConfirmBy: { exists: false } }] },
        { customer: { equals: 'k1' } },
      ],
    })
    expect(await ownCustomerOrThoseMet(args)).toEqual({
      or: [{ id: { equals: 'k1' } }, { id: { in: ['k2', 'k3'] } }],
    })
    expect(await assignedOrOwnRequests(args)).toEqual({
      or: [{ assignedConsultant: { equals: 'c1' } }, { requester: { equals: 'k1' } }],
    })
  })

  test('a consultant who has met nobody sees nobody', async () => {
    expect(await ownCustomerOrThoseMet(asked(['consultant'], { consultant: 'c1' }))).toBe(false)
  })

  test('what is public is public for everybody', async () => {
    const published = { and: [{ _status: { equals: 'published' } }, { isPublic: { equals: true } }] }
    expect(await publicOrOwnProfile(asked(null))).toEqual(published)
    expect(await publicOrOwnProfile(asked(['consultant'], { consultant: 'c1' }))).toEqual({
      or: [published, { id: { equals: 'c1' } }],
    })
    expect(await publicOrOwnProfile(asked(['operations']))).toBe(true)
    expect(await publishedOrOwnSlots(asked(null))).toMatchObject({ and: [{ status: { equals: 'available' } }, {}] })
  })
})

describe('records for one’s own profile', () => {
  const args = asked(['consultant'], { consultant: 'c1' })

  test.each([
    [{ consultant: 'c1' }, true],
    [{ consultant: { id: 'c1' } }, true],
    [{ consultant: 'c2' }, false],
    [{ consultant: null }, false],
    [{ consultant: { relationTo: 'consultant-profiles', value: 'c1' } }, false],
    [{}, true],
  ])('%o', async (data, expected) => {
    expect(await createForOwnConsultant({ ...args, data })).toBe(expected)
  })

  test('staff make them for anybody, customers for nobody', async () => {
    expect(await createForOwnConsultant({ ...asked(['operations']), data: { consultant: 'c2' } })).toBe(true)
    expect(await createForOwnConsultant({ ...asked(['customer'], { customer: 'k1' }), data: {} })).toBe(false)
  })
})

test('a relation’s id, populated or not', () => {
  expect([relatedId('a'), relatedId({ id: 'b' }), relatedId({ id: 3 }), relatedId(null), relatedId(undefined)]).toEqual(
    [...['a', 'b', undefined, undefined, undefined]],
  )
})
