import type { FieldError } from '#shared/errors'
import type { SiteWords } from '../_words/en'
import type {
  AnswerValue,
  AttributeQuestion,
  AttributeValues,
  ConsultationRequestInput,
  CustomerInput,
  IntakeQuestion,
  ProblemInput,
  SessionInput,
  Urgency,
} from './api-types'
import { epochOf, wallTimeToInstant } from './dates'

/**
 * What somebody typed, by the dotted path that the API uses for the field in its body and in `errors[].path`. So one name
 * serves the input, the draft, our own checks and the API's.
 */
export type FormValues = Readonly<Record<string, string>>

const read = (values: FormValues, path: string): string => (values[path] ?? '').trim()

const urgencies: readonly string[] = ['asap', 'today', 'this_week'] satisfies Urgency[]

const isUrgency = (value: string): value is Urgency => urgencies.includes(value)

export const answerPath = (key: string): string => `answers.${key}`

/** Where the answer to a question that operations have defined goes in the body. */
export const attributePath = ({ key, subject }: Pick<AttributeQuestion, 'key' | 'subject'>): string =>
  subject === 'customer' ? `customer.attributes.${key}` : `attributes.${key}`

/** Several choices as one text of a form; no value of an option holds a comma. */
export const readChoices = (typed: string): string[] => typed.split(',').filter(Boolean)
export const writeChoices = (chosen: readonly string[]): string => chosen.join(',')

const attributeFrom = ({ type }: AttributeQuestion, typed: string): AttributeValues[string] | undefined => {
  if (type === 'checkbox') return typed === 'true'
  if (typed === '') return undefined
  if (type === 'number') return Number(typed)
  return type === 'multi_select' ? readChoices(typed) : typed
}

/** As a part of the body: `attributes` with what was answered of a subject, or nothing where nothing was. */
const attributesFrom = (
  values: FormValues,
  questions: readonly AttributeQuestion[],
  subject: AttributeQuestion['subject'],
): { attributes?: AttributeValues } => {
  const answered = questions.flatMap((question) => {
    const value =
      question.subject === subject ? attributeFrom(question, read(values, attributePath(question))) : undefined
    return value === undefined ? [] : [[question.key, value] as const]
  })
  return answered.length > 0 ? { attributes: Object.fromEntries(answered) } : {}
}

const customerFrom = (values: FormValues, timeZone: string): CustomerInput => {
  const phone = read(values, 'customer.phone')
  const language = read(values, 'customer.language')
  return {
    name: read(values, 'customer.name'),
    email: read(values, 'customer.email'),
    timeZone,
    ...(phone ? { phone } : {}),
    ...(language ? { language } : {}),
  }
}

const problemFrom = (values: FormValues): ProblemInput => {
  const title = read(values, 'problem.title')
  const urgency = read(values, 'problem.urgency')
  return {
    ...(title ? { title } : {}),
    description: read(values, 'problem.description'),
    ...(isUrgency(urgency) ? { urgency } : {}),
  }
}

const answerFrom = ({ type }: IntakeQuestion, typed: string): AnswerValue | undefined => {
  if (type === 'checkbox') return typed === 'true'
  if (typed === '') return undefined
  if (type === 'number') return Number(typed)
  return typed
}

const answersFrom = (values: FormValues, questions: readonly IntakeQuestion[]): Record<string, AnswerValue> =>
  Object.fromEntries(
    questions.flatMap((question) => {
      const answer = answerFrom(question, read(values, answerPath(question.key)))
      return answer === undefined ? [] : [[question.key, answer]]
    }),
  )

type SessionForm = {
  values: FormValues
  questions: readonly IntakeQuestion[]
  attributes: readonly AttributeQuestion[]
  timeZone: string
  holdToken: string
}

/** The body of `POST /sessions`. A problem is sent only when it is described, and answers only when something is asked. */
export const toSessionInput = ({ values, questions, attributes, timeZone, holdToken }: SessionForm): SessionInput => {
  const notes = read(values, 'notes')
  return {
    holdToken,
    customer: { ...customerFrom(values, timeZone), ...attributesFrom(values, attributes, 'customer') },
    ...attributesFrom(values, attributes, 'session'),
    ...(read(values, 'problem.description') ? { problem: problemFrom(values) } : {}),
    ...(questions.length > 0 ? { answers: answersFrom(values, questions) } : {}),
    ...(notes ? { notes } : {}),
  }
}

/** The body of `POST /requests`. `preferredStart` and `preferredEnd` are wall times in the visitor's zone. */
export const toRequestInput = (values: FormValues, timeZone: string): ConsultationRequestInput => {
  const consultant = read(values, 'preferredConsultant')
  const start = read(values, 'preferredStart')
  const end = read(values, 'preferredEnd')
  return {
    serviceType: read(values, 'serviceType'),
    ...(consultant ? { preferredConsultant: consultant } : {}),
    ...(start ? { preferredStart: wallTimeToInstant(start, timeZone) } : {}),
    ...(end ? { preferredEnd: wallTimeToInstant(end, timeZone) } : {}),
    customer: customerFrom(values, timeZone),
    problem: problemFrom(values),
  }
}

type Said = SiteWords['validation']

const checkRequired = (values: FormValues, path: string, text: Said): FieldError[] =>
  read(values, path) ? [] : [{ path, message: text.required }]

const checkCustomer = (values: FormValues, text: Said): FieldError[] => {
  const email = read(values, 'customer.email')
  const phone = read(values, 'customer.phone')
  return [
    ...checkRequired(values, 'customer.name', text),
    ...(isEmail(email) ? [] : [{ path: 'customer.email', message: text.email }]),
    ...(phone === '' || /^\+?[0-9][0-9 ()./-]{3,30}$/.test(phone)
      ? []
      : [{ path: 'customer.phone', message: text.phone }]),
  ]
}

const isEmail = (typed: string): boolean => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(typed)

const attributeFault = ({ type, min, max }: AttributeQuestion, typed: string, text: Said): string | undefined => {
  if (type === 'email' && !isEmail(typed)) return text.email
  if (type === 'url' && !/^https?:\/\/\S+$/i.test(typed)) return text.url
  if (type !== 'number') return undefined
  const value = Number(typed)
  if (!Number.isFinite(value)) return text.number
  if (min !== null && value < min) return text.atLeast(min)
  return max !== null && value > max ? text.atMost(max) : undefined
}

const checkAttribute = (values: FormValues, question: AttributeQuestion, text: Said): FieldError[] => {
  const path = attributePath(question)
  const typed = read(values, path)
  if (typed === '') return question.required ? [{ path, message: text.required }] : []
  const message = attributeFault(question, typed, text)
  return message === undefined ? [] : [{ path, message }]
}

/** What can be said without asking the server, so that most mistakes are seen at once; the server has the last word. */
export const checkSessionForm = (
  values: FormValues,
  { questions, attributes }: Pick<SessionForm, 'questions' | 'attributes'>,
  text: Said,
): FieldError[] => {
  const isDescribed = read(values, 'problem.description') !== ''
  const isTitled = read(values, 'problem.title') !== ''
  return [
    ...checkCustomer(values, text),
    ...(isTitled && !isDescribed ? [{ path: 'problem.description', message: text.problemDescription }] : []),
    ...questions.flatMap(({ key, required }) => (required ? checkRequired(values, answerPath(key), text) : [])),
    ...attributes.flatMap((question) => checkAttribute(values, question, text)),
  ]
}

const checkPeriod = (
  values: FormValues,
  { timeZone, now }: { timeZone: string; now: number },
  text: Said,
): FieldError[] => {
  const start = read(values, 'preferredStart')
  const end = read(values, 'preferredEnd')
  const startAt = start ? epochOf(wallTimeToInstant(start, timeZone)) : undefined
  const endAt = end ? epochOf(wallTimeToInstant(end, timeZone)) : undefined
  if (startAt !== undefined && startAt < now) return [{ path: 'preferredStart', message: text.periodPast }]
  if (endAt !== undefined && endAt <= (startAt ?? now)) return [{ path: 'preferredEnd', message: text.periodOrder }]
  return []
}

export const checkRequestForm = (
  values: FormValues,
  when: { timeZone: string; now: number },
  text: Said,
): FieldError[] => [
  ...checkRequired(values, 'serviceType', text),
  ...checkPeriod(values, when, text),
  ...checkRequired(values, 'problem.description', text),
  ...checkCustomer(values, text),
]

/**
 * Sorts the API's faults into those of a field on the page (by path, or by the nearest ancestor that is on the page)
 * and those that no field can show.
 */
export const assignErrors = (
  errors: readonly FieldError[],
  paths: readonly string[],
): { fields: FieldError[]; others: FieldError[] } => {
  const fields: FieldError[] = []
  const others: FieldError[] = []
  for (const error of errors) {
    const path = paths.find((candidate) => error.path === candidate || error.path.startsWith(`${candidate}.`))
    if (path === undefined) others.push(error)
    else if (!fields.some((known) => known.path === path)) fields.push({ path, message: error.message })
  }
  return { fields, others }
}

export const fieldId = (path: string): string => `field-${path.replaceAll(/[^A-Za-z0-9_-]/g, '-')}`
