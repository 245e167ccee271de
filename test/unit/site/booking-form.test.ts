import { describe, expect, it } from 'vitest'
import {
  assignErrors,
  checkRequestForm,
  checkSessionForm,
  toRequestInput,
  toSessionInput,
} from '#app/(site)/_lib/booking-form'
import type { IntakeQuestion } from '#app/(site)/_lib/api-types'

const question = (key: string, type: IntakeQuestion['type'], required = false): IntakeQuestion => ({
  key,
  label: key,
  type,
  options: [],
  required,
})

const filled = { 'customer.name': ' Ada ', 'customer.email': 'ada@example.com' }

describe('toSessionInput', () => {
  it('sends only what was filled in', () => {
    expect(toSessionInput({ values: filled, questions: [], timeZone: 'Asia/Tokyo', holdToken: 'h' })).toEqual({
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
    expect(toSessionInput({ values, questions, timeZone: 'UTC', holdToken: 'h' }).answers).toEqual({
      size: 12,
      agreed: true,
      refused: false,
      why: 'because',
    })
  })

  it('leaves out an urgency without a description, and one that does not exist', () => {
    const values = { ...filled, 'problem.urgency': 'asap' }
    expect(toSessionInput({ values, questions: [], timeZone: 'UTC', holdToken: 'h' }).problem).toBeUndefined()
    const described = { ...filled, 'problem.description': 'It leaks.', 'problem.urgency': 'yesterday' }
    expect(toSessionInput({ values: described, questions: [], timeZone: 'UTC', holdToken: 'h' }).problem).toEqual({
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
    checkSessionForm(values, questions).map(({ path }) => path)

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

describe('checkRequestForm', () => {
  const request = { ...filled, serviceType: 'call', 'problem.description': 'x' }
  const now = Date.parse('2026-12-01T12:00:00Z')
  const check = (values: Record<string, string>): string[] =>
    checkRequestForm({ ...request, ...values }, { timeZone: 'UTC', now }).map(({ path }) => path)

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
