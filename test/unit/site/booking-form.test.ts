import { describe, expect, it } from 'vitest'
import {
  assignErrors,
  checkRequestForm,
  checkSessionForm,
  toRequestInput,
  toSessionInput,
} from '#app/(site)/_lib/booking-form'
import type { AttributeQuestion, IntakeQuestion } from '#app/(site)/_lib/api-types'
import { en } from '#app/(site)/_words/en'

const question = (key: string, type: IntakeQuestion['type'], required = false): IntakeQuestion => ({
  key,
  label: key,
  type,
  options: [],
  required,
})

const attribute = (
  subject: AttributeQuestion['subject'],
  key: string,
  type: AttributeQuestion['type'],
  more: Partial<AttributeQuestion> = {},
): AttributeQuestion => ({
  subject,
  key,
  label: key,
  help: null,
  type,
  options: [],
  required: false,
  min: null,
  max: null,
  ...more,
})

const filled = { 'customer.name': ' Ada ', 'customer.email': 'ada@example.com' }

describe('toSessionInput', () => {
  it('sends only what was filled in', () => {
    expect(
      toSessionInput({ values: filled, questions: [], attributes: [], timeZone: 'Asia/Tokyo', holdToken: 'h' }),
    ).toEqual({
      holdToken: 'h',
      customer: { name: 'Ada', email: 'ada@example.com', timeZone: 'Asia/Tokyo' },
    })
  })

  it('gives answers the type of their question', () => {
    const values = { ...filled, 'answers.size': '12', 'answers.agreed': 'true', 'answers.why': 'because' }
    const questions = [
      question('size', 'number'),
      question('agreed', 'checkbox'),
      question('refused', 'checkbox'),
      question('why', 'text'),
      question('empty', 'text'),
    ]
    expect(toSessionInput({ values, questions, attributes: [], timeZone: 'UTC', holdToken: 'h' }).answers).toEqual({
      size: 12,
      agreed: true,
      refused: false,
      why: 'because',
    })
  })

  it('sends what operations ask where it belongs, each in its kind', () => {
    const values = {
      ...filled,
      'customer.attributes.size': '12.5',
      'attributes.topics': 'a,c',
      'attributes.agreed': 'true',
      'attributes.day': '2026-12-01',
    }
    const attributes = [
      attribute('customer', 'size', 'number'),
      attribute('customer', 'empty', 'text'),
      attribute('session', 'topics', 'multi_select'),
      attribute('session', 'agreed', 'checkbox'),
      attribute('session', 'news', 'checkbox'),
      attribute('session', 'day', 'date'),
    ]
    const body = toSessionInput({ values, questions: [], attributes, timeZone: 'UTC', holdToken: 'h' })
    expect(body.customer.attributes).toEqual({ size: 12.5 })
    expect(body.attributes).toEqual({ topics: ['a', 'c'], agreed: true, news: false, day: '2026-12-01' })
  })

  it('leaves out an urgency without a description, and one that does not exist', () => {
    const values = { ...filled, 'problem.urgency': 'asap' }
    expect(
      toSessionInput({ values, questions: [], attributes: [], timeZone: 'UTC', holdToken: 'h' }).problem,
    ).toBeUndefined()
    const described = { ...filled, 'problem.description': 'It leaks.', 'problem.urgency': 'yesterday' }
    expect(
      toSessionInput({ values: described, questions: [], attributes: [], timeZone: 'UTC', holdToken: 'h' }).problem,
    ).toEqual({
      description: 'It leaks.',
    })
  })
})

describe('toRequestInput', () => {
  it('reads wall times in the zone of the visitor', () => {
    const values = {
      ...filled,
      serviceType: 'call',
      'problem.description': 'x',
      preferredStart: '2026-12-01T10:00',
      preferredEnd: '2026-12-02T10:00',
    }
    expect(toRequestInput(values, 'America/New_York')).toMatchObject({
      preferredStart: '2026-12-01T15:00:00Z',
      preferredEnd: '2026-12-02T15:00:00Z',
    })
  })
})

describe('checkSessionForm', () => {
  const paths = (values: Record<string, string>, questions: IntakeQuestion[] = []): string[] =>
    checkSessionForm(values, { questions, attributes: [] }, en.validation).map(({ path }) => path)

  it('asks for a name and an e-mail address', () => {
    expect(paths({})).toEqual(['customer.name', 'customer.email'])
    expect(paths({ ...filled, 'customer.email': 'ada@' })).toEqual(['customer.email'])
    expect(paths(filled)).toEqual([])
  })

  it('takes the telephone numbers that the API takes', () => {
    expect(paths({ ...filled, 'customer.phone': '+44 20 7946 0000' })).toEqual([])
    expect(paths({ ...filled, 'customer.phone': 'none' })).toEqual(['customer.phone'])
  })

  it('wants a description under a title', () => {
    expect(paths({ ...filled, 'problem.title': 'Leak' })).toEqual(['problem.description'])
  })

  it('wants the answers that are needed, and no others', () => {
    expect(paths(filled, [question('a', 'text', true), question('b', 'text')])).toEqual(['answers.a'])
  })
})

describe('checkSessionForm of what operations ask', () => {
  const faults = (typed: string, question: AttributeQuestion): string[] =>
    checkSessionForm(
      { ...filled, [`attributes.${question.key}`]: typed },
      { questions: [], attributes: [question] },
      en.validation,
    ).map(({ path, message }) => `${path}: ${message}`)

  it.each([
    ['', attribute('session', 'a', 'select', { required: true }), 'Please fill this in.'],
    ['', attribute('session', 'a', 'checkbox', { required: true }), 'Please fill this in.'],
    ['ada@', attribute('session', 'a', 'email'), 'Write an e-mail address such as ada@example.com.'],
    ['example.com', attribute('session', 'a', 'url'), 'Write a web address that begins with https:// or http://.'],
    ['1', attribute('session', 'a', 'number', { min: 2 }), 'Write a number of at least 2.'],
    ['9', attribute('session', 'a', 'number', { max: 8.5 }), 'Write a number of at most 8.5.'],
  ])('says what to change in "%s" of %o', (typed, question, message) => {
    expect(faults(typed, question)).toEqual([`attributes.a: ${message}`])
  })

  it.each([
    ['', attribute('session', 'a', 'text')],
    ['5', attribute('session', 'a', 'number', { min: 5, max: 5 })],
    ['https://example.com/x', attribute('session', 'a', 'url')],
  ])('takes "%s" of %o', (typed, question) => {
    expect(faults(typed, question)).toEqual([])
  })

  it('names a fault of the customer where it stands in the body', () => {
    const attributes = [attribute('customer', 'size', 'number', { required: true })]
    expect(checkSessionForm(filled, { questions: [], attributes }, en.validation)).toEqual([
      { path: 'customer.attributes.size', message: 'Please fill this in.' },
    ])
  })
})

describe('checkRequestForm', () => {
  const request = { ...filled, serviceType: 'call', 'problem.description': 'x' }
  const now = Date.parse('2026-12-01T12:00:00Z')
  const check = (values: Record<string, string>): string[] =>
    checkRequestForm({ ...request, ...values }, { timeZone: 'UTC', now }, en.validation).map(({ path }) => path)

  it('wants a period that lies ahead and ends after it begins', () => {
    expect(check({})).toEqual([])
    expect(check({ preferredStart: '2026-12-01T11:59' })).toEqual(['preferredStart'])
    expect(check({ preferredStart: '2026-12-02T10:00', preferredEnd: '2026-12-02T10:00' })).toEqual(['preferredEnd'])
    expect(check({ preferredEnd: '2026-12-01T11:00' })).toEqual(['preferredEnd'])
  })
})

describe('assignErrors', () => {
  it('shows a fault at its field, or at the nearest field above it, once', () => {
    const errors = [
      { path: 'customer.email', message: 'a' },
      { path: 'answers.size.0', message: 'b' },
      { path: 'customer.email', message: 'c' },
      { path: 'holdToken', message: 'd' },
    ]
    expect(assignErrors(errors, ['customer.email', 'answers.size'])).toEqual({
      fields: [
        { path: 'customer.email', message: 'a' },
        { path: 'answers.size', message: 'b' },
      ],
      others: [{ path: 'holdToken', message: 'd' }],
    })
  })
})
