import { DomainError, type FieldError } from '#shared/errors'
import type { IntakeQuestion } from '#shared/intake-question'

export type Answers = Record<string, string | number | boolean>

const faultOf = (question: IntakeQuestion, answer: Answers[string] | undefined): string | undefined => {
  if (answer === undefined || answer === '') return question.required ? 'is required' : undefined
  switch (question.type) {
    case 'text':
    case 'textarea':
      return typeof answer === 'string' ? undefined : 'must be text'
    case 'number':
      return typeof answer === 'number' ? undefined : 'must be a number'
    case 'checkbox':
      if (typeof answer !== 'boolean') return 'must be true or false'
      return question.required && !answer ? 'must be agreed to' : undefined
    case 'select':
      return typeof answer === 'string' && question.options.includes(answer)
        ? undefined
        : `must be one of ${question.options.join(', ')}`
  }
}

/**
 * Whether the answers fit the questions: every required one is answered, each in its kind, and nothing else is answered.
 * @returns the refusal with one entry per fault (`answers.<key>`), or undefined.
 */
export const decideAnswers = (
  questions: readonly IntakeQuestion[],
  answers: Answers | undefined,
): DomainError | undefined => {
  const known = new Set(questions.map(({ key }) => key))
  const errors: FieldError[] = [
    ...questions.flatMap((question) => {
      const message = faultOf(question, answers?.[question.key])
      return message === undefined ? [] : [{ path: `answers.${question.key}`, message }]
    }),
    ...Object.keys(answers ?? {}).flatMap((key) =>
      known.has(key) ? [] : [{ path: `answers.${key}`, message: 'is not asked for by this service type' }],
    ),
  ]
  const [first] = errors
  return (
    first &&
    new DomainError('invalid_request', `The answers are not valid: ${first.path} ${first.message}.`, { errors })
  )
}
