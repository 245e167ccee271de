import type { Payload } from 'payload'
import { beforeAll, describe, expect, it } from 'vitest'
import type { ConsultantProfile, ServiceType } from '#payload-types'
import { createConsultant, createServiceType } from '../../support/fixtures'
import { getTestPayload } from '../../support/payload'
import { createRestClient, type RestClient } from '../../support/rest-client'

const richText = (...paragraphs: string[]) => ({
  root: {
    type: 'root',
    version: 1,
    direction: null,
    format: '' as const,
    indent: 0,
    children: paragraphs.map((text) => ({
      type: 'paragraph',
      version: 1,
      children: [{ type: 'text', version: 1, text, format: 0, detail: 0, mode: 'normal', style: '' }],
    })),
  },
})

let payload: Payload
let client: RestClient
let ada: ConsultantProfile
let bert: ConsultantProfile
let zoe: ConsultantProfile
let call: ServiceType
let taster: ServiceType

const search = async (query: Record<string, string>): Promise<string[]> => {
  const { status, json } = await client.get(`/booking/consultants?${new URLSearchParams(query)}`)
  expect(status).toBe(200)
  return json.docs.map(({ name }: { name: string }) => name)
}

beforeAll(async () => {
  payload = await getTestPayload()
  client = await createRestClient(payload)
  ada = (
    await createConsultant(payload, {
      name: 'Ada Lovelace',
      slug: 'ada-lovelace',
      headline: 'Analytical engines, 10+ years',
      bio: richText('Wrote the first programme.', 'Likes 100% proof & <b>bold</b> ideas.'),
      specialties: ['Mathematics', 'Café management'],
      languages: ['English', 'Français'],
      certifications: ['RSA'],
      yearsOfExperience: 12,
      consulting: { basePrice: 12_000, currency: 'GBP', sessionDurations: [20, 10] },
    })
  ).profile
  bert = (
    await createConsultant(payload, {
      name: 'Bert Ngô',
      slug: 'bert-ngo',
      headline: 'Coach',
      bio: richText('Once met Ada Lovelace.'),
      specialties: ['Coaching'],
      languages: ['english', 'Tiếng Việt'],
      consulting: { basePrice: 6_000, currency: 'GBP' },
    })
  ).profile
  zoe = (await createConsultant(payload, { name: 'Zoe', slug: 'zoe', specialties: ['mathematics'] })).profile
  await createConsultant(payload, { name: 'Hidden Ada', slug: 'hidden-ada', isPublic: false })
  await createConsultant(payload, { name: 'Draft Ada', slug: 'draft-ada', _status: 'draft' })
  call = await createServiceType(payload, [ada, bert], {
    name: 'Call',
    slug: 'call',
    isFree: false,
    durations: [10, 20, 40],
    defaultDurationMinutes: 20,
    prices: [{ durationMinutes: 10, amount: 2_500, currency: 'GBP' }],
    description: richText('A short call.'),
    cancellationPolicy: { refundableBeforeHours: 48 },
    requiresConfirmation: true,
    sortOrder: 1,
    intakeQuestions: [
      { key: 'goal', label: 'Your goal', type: 'text', required: true },
      { key: 'level', label: 'Level', type: 'select', options: [{ value: 'a', label: 'Beginner' }], required: false },
    ],
  })
  taster = await createServiceType(payload, [zoe], { name: 'Taster', slug: 'taster', isFree: true, sortOrder: 0 })
  await createServiceType(payload, [ada], { name: 'Retired', slug: 'retired', isActive: false, isFree: true })
})

describe('GET /booking/consultants', () => {
  it('lists published, public profiles alone, with exactly the documented fields', async () => {
    const { status, json } = await client.get('/booking/consultants?sort=name')
    expect(status).toBe(200)
    expect(json).toMatchObject({ totalDocs: 3, page: 1, totalPages: 1, hasNextPage: false })
    expect(json.docs[0]).toEqual({
      id: ada.id,
      slug: 'ada-lovelace',
      name: 'Ada Lovelace',
      headline: 'Analytical engines, 10+ years',
      specialties: ['Mathematics', 'Café management'],
      languages: ['English', 'Français'],
      averageRating: null,
      reviewCount: 0,
      // 20 minutes of £120 an hour.
      price: { amount: 4_000, currency: 'GBP' },
      nextAvailableAt: null,
      profileImage: null,
      attributes: {},
    })
    expect(json.docs.map(({ name }: { name: string }) => name)).toEqual(['Ada Lovelace', 'Bert Ngô', 'Zoe'])
  })

  it.each([
    ['of the name, without accents', { q: 'ngo' }, ['Bert Ngô']],
    ['of a specialty, with other accents', { q: 'CAFE' }, ['Ada Lovelace']],
    ['of the biography, after those whose name it is', { q: 'ada love' }, ['Ada Lovelace', 'Bert Ngô']],
    ['that are all there, wherever', { q: 'proof engines' }, ['Ada Lovelace']],
    ['of which one is missing', { q: 'ada unheard-of' }, []],
    ['that PostgreSQL would read as patterns', { q: '100%' }, ['Ada Lovelace']],
    ['as text, not as a pattern', { q: 'A%e' }, []],
    ['as text, not as one character', { q: 'Z_e' }, []],
  ])('finds words %s', async (_, query, names) => {
    expect(await search(query as Record<string, string>)).toEqual(names)
  })

  it.each([
    ['specialty, whatever its case', { specialty: 'mathematics', sort: 'name' }, ['Ada Lovelace', 'Zoe']],
    ['specialty, as a whole', { specialty: 'math' }, []],
    ['language, whatever its case', { language: 'ENGLISH', sort: 'name' }, ['Ada Lovelace', 'Bert Ngô']],
    ['service type by slug', { serviceType: 'taster' }, ['Zoe']],
    ['service type that is not sold any more', { serviceType: 'retired' }, []],
    ['service type that does not exist', { serviceType: 'nothing' }, []],
    ['price', { maxPrice: '2000', sort: 'price' }, ['Zoe', 'Bert Ngô']],
    ['price, exactly', { maxPrice: '1999' }, ['Zoe']],
    ['price in a currency', { maxPrice: '999999', currency: 'JPY' }, []],
    ['price of one service type', { maxPrice: '3999', serviceType: 'call' }, ['Bert Ngô']],
    ['nothing, when the values are empty', { q: '', specialty: '', sort: 'name' }, ['Ada Lovelace', 'Bert Ngô', 'Zoe']],
  ])('filters by %s', async (_, query, names) => {
    expect(await search(query as Record<string, string>)).toEqual(names)
  })

  it('takes a service type by its id', async () => {
    expect(await search({ serviceType: call.id, sort: 'price' })).toEqual(['Bert Ngô', 'Ada Lovelace'])
  })

  it('sorts by rating, those without one last', async () => {
    await payload.db.updateOne({
      collection: 'consultant-profiles',
      id: zoe.id,
      data: { statistics: { averageRating: 4.5, reviewCount: 2 } },
    })
    expect(await search({ sort: 'rating' })).toEqual(['Zoe', 'Ada Lovelace', 'Bert Ngô'])
    const { json } = await client.get('/booking/consultants?sort=rating&limit=1')
    expect(json.docs[0]).toMatchObject({ averageRating: 4.5, reviewCount: 2 })
  })

  it('pages without repeating or leaving out anybody, and keeps the total on an empty page', async () => {
    const pages = await Promise.all(
      [1, 2, 3, 4].map((page) => client.get(`/booking/consultants?sort=name&limit=1&page=${page}`)),
    )
    expect(pages.map(({ json }) => json.docs[0]?.slug)).toEqual(['ada-lovelace', 'bert-ngo', 'zoe', undefined])
    expect(pages.map(({ json }) => json.hasNextPage)).toEqual([true, true, false, false])
    expect(pages.map(({ json }) => json.totalDocs)).toEqual([3, 3, 3, 3])
    expect(pages.map(({ json }) => json.totalPages)).toEqual([3, 3, 3, 3])
  })

  it('follows a new price, a new name and hiding at once', async () => {
    await payload.update({
      collection: 'consultant-profiles',
      id: bert.id,
      data: { name: 'Berta Ngô', consulting: { basePrice: 9_000 } },
    })
    const { json } = await client.get('/booking/consultants?q=berta')
    expect(json.docs[0].price).toEqual({ amount: 3_000, currency: 'GBP' })
    await payload.update({ collection: 'consultant-profiles', id: bert.id, data: { isPublic: false } })
    expect(await search({ q: 'berta' })).toEqual([])
    await payload.update({
      collection: 'consultant-profiles',
      id: bert.id,
      data: { name: 'Bert Ngô', isPublic: true, consulting: { basePrice: 6_000 } },
    })
    await payload.update({
      collection: 'service-types',
      id: call.id,
      data: { prices: [{ durationMinutes: 20, amount: 7_700, currency: 'EUR' }] },
    })
    expect((await client.get('/booking/consultants?q=ngo')).json.docs[0].price).toEqual({
      amount: 7_700,
      currency: 'EUR',
    })
    await payload.update({
      collection: 'service-types',
      id: call.id,
      data: { prices: [{ durationMinutes: 10, amount: 2_500, currency: 'GBP' }] },
    })
  })

  it('shows nothing of a draft that is not published yet', async () => {
    await payload.update({
      collection: 'consultant-profiles',
      id: zoe.id,
      data: { name: 'Secret plans', _status: 'draft' },
      draft: true,
    })
    expect(await search({ q: 'secret' })).toEqual([])
    expect(await search({ q: 'zoe' })).toEqual(['Zoe'])
  })

  it.each([
    ['limit=101', 'limit'],
    ['limit=0', 'limit'],
    ['page=0', 'page'],
    ['page=1e3', 'page'],
    ['sort=random', 'sort'],
    ['maxPrice=-1', 'maxPrice'],
    ['maxPrice=12.5', 'maxPrice'],
    ['currency=gbp', 'currency'],
    ['availableFrom=2026-12-01', 'availableFrom'],
    ['availableFrom=2026-12-01T10:00:00', 'availableFrom'],
    ['availableFrom=2026-12-01T10:00:00Z&availableTo=2026-12-01T10:00:00Z', 'availableTo'],
    ['serviceType=..%2Fetc', 'serviceType'],
    [`q=${'x'.repeat(201)}`, 'q'],
    ['q=a%00b', 'q'],
    ['q=%E2%80%AEabc', 'q'],
    ['unknown=1', 'unknown'],
  ])('refuses %s', async (query, path) => {
    const { status, json, headers } = await client.get(`/booking/consultants?${query}`)
    expect({ status, code: json.code, path: json.errors?.[0]?.path }).toEqual({
      status: 400,
      code: 'invalid_request',
      path,
    })
    expect(headers.get('content-type')).toBe('application/problem+json')
  })
})

describe('GET /booking/consultants/:slug', () => {
  it('answers the public profile with what it offers, in the documented shape', async () => {
    const { status, json } = await client.get('/booking/consultants/ada-lovelace')
    expect(status).toBe(200)
    expect(json).toEqual({
      id: ada.id,
      slug: 'ada-lovelace',
      name: 'Ada Lovelace',
      headline: 'Analytical engines, 10+ years',
      bioText: 'Wrote the first programme.\n\nLikes 100% proof & <b>bold</b> ideas.',
      location: null,
      company: null,
      website: null,
      timeZone: 'UTC',
      specialties: ['Mathematics', 'Café management'],
      languages: ['English', 'Français'],
      certifications: ['RSA'],
      yearsOfExperience: 12,
      averageRating: null,
      reviewCount: 0,
      profileImage: null,
      attributes: {},
      serviceTypes: [
        {
          slug: 'call',
          name: 'Call',
          descriptionText: 'A short call.',
          // 40 minutes are not among the consultant's own lengths.
          durations: [
            { durationMinutes: 10, price: { amount: 2_500, currency: 'GBP' } },
            { durationMinutes: 20, price: { amount: 4_000, currency: 'GBP' } },
          ],
          defaultDurationMinutes: 20,
          requiresConfirmation: true,
          isFree: false,
          attributes: {},
          cancellationPolicy: { refundableBeforeHours: 48, refundPercentage: 100, lateRefundPercentage: 0 },
          intakeQuestions: [
            { key: 'goal', label: 'Your goal', type: 'text', options: [], required: true },
            {
              key: 'level',
              label: 'Level',
              type: 'select',
              options: [{ value: 'a', label: 'Beginner' }],
              required: false,
            },
          ],
        },
      ],
      reviews: [],
    })
  })

  it('is found by id as well', async () => {
    expect((await client.get(`/booking/consultants/${ada.id}`)).json.slug).toBe('ada-lovelace')
  })

  it.each(['hidden-ada', 'draft-ada', 'nobody', '0198aaaa-0000-7000-8000-000000000000'])(
    'answers 404 for %s',
    async (slug) => {
      const { status, json } = await client.get(`/booking/consultants/${slug}`)
      expect({ status, code: json.code }).toEqual({ status: 404, code: 'not_found' })
    },
  )
})

describe('GET /booking/service-types', () => {
  it('lists what is sold in the order of operations, with the prices that do not depend on the consultant', async () => {
    const { status, json } = await client.get('/booking/service-types')
    expect(status).toBe(200)
    expect(json.docs.map(({ slug }: { slug: string }) => slug)).toEqual([taster.slug, 'call'])
    expect(json.docs[0]).toMatchObject({
      isFree: true,
      defaultDurationMinutes: 30,
      durations: [
        { durationMinutes: 30, price: { amount: 0, currency: 'GBP' } },
        { durationMinutes: 60, price: { amount: 0, currency: 'GBP' } },
      ],
    })
    expect(json.docs[1].durations).toEqual([
      { durationMinutes: 10, price: { amount: 2_500, currency: 'GBP' } },
      { durationMinutes: 20, price: null },
      { durationMinutes: 40, price: null },
    ])
  })

  it('refuses what it does not know', async () => {
    expect((await client.get('/booking/service-types?limit=1')).json.code).toBe('invalid_request')
  })
})
