import { describe, expect, it } from 'vitest'
import { decideAnswers } from '#sessions/create/decide-answers'
import type { IntakeQuestion } from '#shared/intake-question'

const question = (key: string, type: IntakeQuestion['type'], more: Partial<IntakeQuestion> = {}): IntakeQuestion => ({
  key,
  label: key,
  type,
  required: false,
  options: [],
  ...more,
})

const questions = [
  question('goal', 'text', { required: true }),
  question('size', 'number'),
  question('area', 'select', { options: ['pricing', 'hiring'] }),
  question('agree', 'checkbox', { required: true }),
]

describe('decideAnswers', () => {
  it('takes answers that fit', () => {
    expect(decideAnswers(questions, { goal: 'Grow', size: 12, area: 'pricing', agree: true })).toBeUndefined()
    expect(decideAnswers([], undefined)).toBeUndefined()
  })

  it('names every answer that is missing, of another kind, not among the options, or not asked for', () => {
    const refusal = decideAnswers(questions, { size: 'many', area: 'cooking', agree: false, hobby: 'chess' })
    expect(refusal?.code).toBe('invalid_request')
    expect(refusal?.errors).toEqual([
      { path: 'answers.goal', message: 'is required' },
      { path: 'answers.size', message: 'must be a number' },
      { path: 'answers.area', message: 'must be one of pricing, hiring' },
      { path: 'answers.agree', message: 'must be agreed to' },
      { path: 'answers.hobby', message: 'is not asked for by this service type' },
    ])
  })
})
