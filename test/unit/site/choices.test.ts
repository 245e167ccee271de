import { describe, expect, it } from 'vitest'
import { filtersUrl, readFilters, toConsultantQuery } from '#app/(site)/_directory/filters'
import { ApiError } from '#app/(site)/_lib/api-error'
import type { ServiceType } from '#app/(site)/_lib/api-types'
import { createSender } from '#app/(site)/_lib/idempotency'
import { policyText } from '#app/(site)/_lib/policy-text'
import { textsIn } from '#app/(site)/_lib/texts'
import { chooseService } from '#app/(site)/_lib/service-choice'

const english = textsIn({ language: 'en', locale: 'en-GB' })
const german = textsIn({ language: 'de', locale: 'de-AT' })

describe('filters', () => {
  it('stand in the address and come back from it', () => {
    const url = '/?q=tax&service=quick-call&maxPrice=5000&today=1&page=3'
    expect(filtersUrl(readFilters(new URL(url, 'http://x').searchParams))).toBe(url)
    expect(filtersUrl(readFilters(new URLSearchParams('page=-1&today=yes')))).toBe('/')
  })

  it('mean until midnight of the visitor by "free today"', () => {
    const now = Date.parse('2026-12-01T23:30:00Z')
    const filters = readFilters(new URLSearchParams('today=1&maxPrice=-5'))
    expect(toConsultantQuery(filters, { now, timeZone: 'Asia/Tokyo' })).toMatchObject({
      availableFrom: '2026-12-01T23:30:00.000Z',
      availableTo: '2026-12-02T15:00:00Z',
      maxPrice: undefined,
    })
  })
})

describe('chooseService', () => {
  const service = (slug: string, minutes: number[], defaultDurationMinutes: number): ServiceType => ({
    slug,
    name: slug,
    descriptionText: null,
    durations: minutes.map((durationMinutes) => ({ durationMinutes, price: null })),
    defaultDurationMinutes,
    requiresConfirmation: false,
    isFree: true,
    cancellationPolicy: { refundableBeforeHours: 24, refundPercentage: 100, lateRefundPercentage: 0 },
    intakeQuestions: [],
    attributes: {},
  })
  const services = [service('a', [10, 20], 20), service('b', [60], 60)]
  const choose = (service: string | null, duration: string | null) => {
    const choice = chooseService(services, { service, duration })
    return choice && [choice.service.slug, choice.duration.durationMinutes]
  }

  it('takes what the address asks for as far as it exists, else the defaults', () => {
    expect(choose(null, null)).toEqual(['a', 20])
    expect(choose('a', '10')).toEqual(['a', 10])
    expect(choose('b', '10')).toEqual(['b', 60])
    expect(choose('gone', 'x')).toEqual(['a', 20])
    expect(chooseService([], { service: null, duration: null })).toBeUndefined()
  })
})

describe('createSender', () => {
  const refusal = (code: 'network' | 'slot_taken' | 'rate_limited', status: number) =>
    new ApiError({ code, status, message: code })

  const record = (outcomes: (ApiError | 'ok')[]) => {
    const keys: string[] = []
    const sender = createSender((_: object | undefined, key: string) => {
      keys.push(key)
      const outcome = outcomes[keys.length - 1]
      return outcome instanceof ApiError ? Promise.reject(outcome) : Promise.resolve(outcome)
    })
    return { keys, send: (body: object | undefined) => sender(body).catch((error: unknown) => error) }
  }

  it('repeats a command whose answer was lost, or put off, with the same key', async () => {
    const { keys, send } = record([refusal('network', 0), refusal('rate_limited', 429), 'ok', 'ok'])
    for (let n = 0; n < 4; n++) await send({ start: 'x' })
    expect(keys[1]).toBe(keys[0])
    expect(keys[2]).toBe(keys[0])
    expect(keys[3]).not.toBe(keys[0])
  })

  it('sends commands without a body as well', async () => {
    const { keys, send } = record([refusal('network', 0), 'ok'])
    await send(undefined)
    await send(undefined)
    expect(keys[0]).toMatch(/^[0-9a-f]{32}$/)
    expect(keys[1]).toBe(keys[0])
  })

  it('takes a new key after a definite refusal, and for another body', async () => {
    const { keys, send } = record([refusal('slot_taken', 409), refusal('network', 0), 'ok'])
    await send({ start: 'x' })
    await send({ start: 'x' })
    await send({ start: 'y' })
    expect(new Set(keys).size).toBe(3)
  })
})

describe('amounts', () => {
  const { money, price } = english.formats

  it('have as many digits as each currency has here, and leave out empty ones', () => {
    expect(money({ amount: 12000, currency: 'GBP' })).toBe('£120')
    expect(money({ amount: 12050, currency: 'GBP' })).toBe('£120.50')
    expect(money({ amount: 5000, currency: 'JPY' })).toBe('JP¥5,000')
    expect(money({ amount: 12340, currency: 'KWD' })).toMatch(/12\.340$/)
    expect(money({ amount: 500000, currency: 'ISK' })).toMatch(/5,000$/)
  })

  it('are written as the language of the page has them', () => {
    expect(german.formats.money({ amount: 12050, currency: 'GBP' })).toMatch(/^£\s120,50$/)
    expect(textsIn({ language: 'de', locale: 'de-DE' }).formats.money({ amount: 12050, currency: 'GBP' })).toMatch(
      /^120,50\s£$/,
    )
    expect([price(null), german.formats.price(null)]).toEqual(['price on request', 'Preis auf Anfrage'])
    expect(german.formats.price({ amount: 0, currency: 'GBP' })).toBe('kostenlos')
  })
})

describe('policyText', () => {
  const policy = { refundableBeforeHours: 24, refundPercentage: 100, lateRefundPercentage: 50 }

  it('says what goes back until when, and what after that', () => {
    expect(policyText(policy, false, english)).toBe('Full refund until 24 hours before it begins. 50% after that.')
    expect(
      policyText({ refundableBeforeHours: 48, refundPercentage: 80, lateRefundPercentage: 0 }, false, english),
    ).toBe('80% refund until 2 days before it begins.')
    expect(
      policyText({ refundableBeforeHours: 24, refundPercentage: 0, lateRefundPercentage: 0 }, false, english),
    ).toBe('No refund after booking.')
    expect(policyText(policy, true, english)).toBe('You can cancel at any time before it begins.')
  })

  it('says it in German', () => {
    expect(policyText(policy, false, german)).toBe('Volle Erstattung bis 24 Stunden vor Beginn. Danach 50 %.')
  })
})
