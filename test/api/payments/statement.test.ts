import type { Payload } from 'payload'
import { extractText, getDocumentProxy } from 'unpdf'
import { beforeAll, describe, expect, it } from 'vitest'
import type { ConsultantProfile, Customer, ServiceType, User } from '#payload-types'
import { createConsultant, createCustomer, createServiceType, createUser } from '../../support/fixtures'
import { recordEntry, recordPaidSession } from '../../support/money-records'
import { openTestPayload } from '../../support/payload'
import { createRestClient, type RestClient } from '../../support/rest-client'

let payload: Payload
let api: RestClient
let operations: RestClient
let mine: RestClient
let consultant: ConsultantProfile
let customer: Customer
let customerUser: User
let serviceType: ServiceType

/** An hour apart, on both sides of midnight in Auckland; both on 31 January in UTC. */
const january = Date.UTC(2026, 0, 31, 10, 30)
const february = Date.UTC(2026, 0, 31, 11, 30)

beforeAll(async () => {
  ;({ payload } = await openTestPayload())
  api = await createRestClient(payload)
  const made = await createConsultant(payload, {
    name: 'Tane Walker',
    slug: 'tane',
    availability: { timeZone: 'Pacific/Auckland' },
  })
  consultant = made.profile
  mine = await api.as(made.user)
  operations = await api.as(await createUser(payload, ['operations']))
  ;({ customer, user: customerUser } = await createCustomer(payload))
  await payload.update({ collection: 'customers', id: customer.id, data: { name: '=HYPERLINK("http://x")' } })
  serviceType = await createServiceType(payload, [consultant], { name: 'Quick call, 30', slug: 'quick' })

  const base = { consultant, customer, serviceType, startsAt: Date.UTC(2026, 1, 10) }
  const first = await recordPaidSession(payload, { ...base, amount: 10_001, currency: 'GBP', paidAt: january })
  await recordEntry(payload, first.payment, { kind: 'refund', amount: -3_334, at: february, objectId: 're_1' })
  await recordEntry(payload, first.payment, {
    kind: 'platform_fee_refund',
    amount: -500,
    at: february,
    objectId: 're_1',
  })
  await recordEntry(payload, first.payment, { kind: 'transfer', amount: -5_667, at: february + 1, objectId: 'tr_1' })
  await recordEntry(payload, first.payment, { kind: 'stripe_fee', amount: -340, at: february })
  const second = await recordPaidSession(payload, { ...base, amount: 24_000, currency: 'JPY', paidAt: february })
  await recordEntry(payload, second.payment, { kind: 'netted_out', amount: -1_000, at: february + 2, objectId: 'n_1' })
  await recordEntry(payload, second.payment, { kind: 'netted_in', amount: 1_000, at: february + 2, objectId: 'n_1' })
})

const path = (month: string) => `/payments/statements/tane/${month}`

describe('a statement', () => {
  it('says per currency what was earned and paid, and adds up from month to month', async () => {
    const [before, after] = [await mine.get(path('2026-01')), await mine.get(path('2026-02'))]
    expect(before.status, before.text).toBe(200)
    expect(before.json).toMatchObject({
      consultant: { slug: 'tane', name: 'Tane Walker' },
      month: '2026-01',
      timeZone: 'Pacific/Auckland',
      from: '2025-12-31T11:00:00.000Z',
      until: '2026-01-31T11:00:00.000Z',
      isComplete: true,
      statements: [{ currency: 'GBP', opening: { amount: 0 }, closing: { amount: 8_501, currency: 'GBP' } }],
    })
    const [gbp, jpy] = after.json.statements
    expect(gbp).toMatchObject({
      currency: 'GBP',
      opening: { amount: 8_501 },
      sessions: [
        { gross: { amount: 0 }, refunds: { amount: -3_334 }, fee: { amount: 500 }, share: { amount: -2_834 } },
      ],
      payouts: [{ kind: 'payout', amount: { amount: -5_667 }, stripeObjectId: 'tr_1' }],
      closing: { amount: 0 },
    })
    expect(jpy).toMatchObject({
      currency: 'JPY',
      opening: { amount: 0 },
      sessions: [{ gross: { amount: 24_000 }, fee: { amount: -3_600 }, share: { amount: 20_400 } }],
      setOffs: [{ amount: { amount: 1_000 }, debtOf: { serviceType: 'Quick call, 30' } }],
      closing: { amount: 20_400 },
    })
    expect(after.json.statements).toHaveLength(2)
  })

  it('is the same by id, and for operations', async () => {
    const [bySlug, byId] = [
      await operations.get(path('2026-02')),
      await operations.get(`/payments/statements/${consultant.id}/2026-02`),
    ]
    expect(bySlug.status).toBe(200)
    expect(byId.json).toEqual(bySlug.json)
  })

  it('is a CSV file by its ending or by what is accepted, with formulas made harmless', async () => {
    const byEnding = await mine.get(path('2026-02.csv'))
    expect(byEnding.status).toBe(200)
    expect(byEnding.headers.get('content-type')).toContain('text/csv')
    expect(byEnding.headers.get('content-disposition')).toBe('attachment; filename="statement-tane-2026-02.csv"')
    const byAccept = await mine.get(path('2026-02'), { Accept: 'text/csv, application/json;q=0.5' })
    expect(byAccept.text).toBe(byEnding.text)
    const lines = byEnding.text
      .replace(/^\uFEFF/, '')
      .trimEnd()
      .split('\r\n')
    expect(lines[0]).toBe('currency,type,date,session,service,customer,gross,fee,refunds,disputes,amount,object')
    expect(lines[1]).toBe('GBP,opening balance,,,,,,,,,85.01,')
    expect(lines[2]).toMatch(
      /^GBP,session,2026-02-10,PY-\w+,"Quick call, 30","'=HYPERLINK\(""http:\/\/x""\)",0\.00,5\.00,-33\.34,0\.00,-28\.34,$/,
    )
    expect(lines[3]).toMatch(/^GBP,payout,2026-02-01,.*,-56\.67,tr_1$/)
    expect(lines[4]).toBe('GBP,closing balance,,,,,,,,,0.00,')
    expect(lines[5]).toBe('JPY,opening balance,,,,,,,,,0,')
  })

  it('is a PDF with the same figures', async () => {
    const answer = await mine.get(path('2026-02.pdf'))
    expect(answer.headers.get('content-type')).toBe('application/pdf')
    expect(answer.text.slice(0, 5)).toBe('%PDF-')
    const [{ readStatement }, { findStatementConsultant }, { statementPdf }, { localRequest }] = await Promise.all([
      import('#payments/statement/read-statement'),
      import('#payments/statement/statement-queries'),
      import('#documents/statement-pdf'),
      import('#database/local-request'),
    ])
    const req = await localRequest(payload)
    const found = await findStatementConsultant(req, 'tane')
    if (!found) throw new Error('There is no consultant.')
    const statement = await readStatement(req, { consultant: found, month: '2026-02', now: Date.now() })
    const { text } = await extractText(await getDocumentProxy(await statementPdf(statement)), { mergePages: true })
    for (const part of ['Statement for February 2026', 'Tane Walker', 'Quick call, 30', '-£33.34', 'JP¥20,400']) {
      expect(text).toContain(part)
    }
  })

  it('has nothing in a month in which nothing moved and nothing is open', async () => {
    expect((await mine.get(path('2025-11'))).json).toMatchObject({ statements: [], isComplete: true })
  })
})

describe('a statement is refused', () => {
  it('to everybody but the consultant and staff, as if there were none', async () => {
    const other = await api.as((await createConsultant(payload)).user)
    for (const asker of [api, other, await api.as(customerUser)]) {
      const answer = await asker.get(path('2026-02'))
      expect([answer.status, answer.json.code]).toEqual([404, 'not_found'])
    }
    expect((await operations.get('/payments/statements/nobody/2026-02')).json.code).toBe('not_found')
  })

  it.each(['2026-13', '2026-1', '26-01', '2026-02.xls', 'now'])('for a month that is none: %s', async (month) => {
    const answer = await mine.get(path(month))
    expect([answer.status, answer.json.code]).toEqual([400, 'invalid_request'])
    expect(answer.json.errors[0].path).toBe('month')
  })

  it('for a month that has not begun', async () => {
    const answer = await mine.get(path('2099-01'))
    expect([answer.status, answer.json.code]).toEqual([400, 'invalid_request'])
    expect(answer.json.detail).toContain('not begun')
  })
})
