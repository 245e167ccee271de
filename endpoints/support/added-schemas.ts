import { z } from 'zod'
import { type BookableField, bookingFieldsOf, bookingUseOf } from '#database/fields/booking-field'
import { email, line, paragraph } from '#shared/input'

const longestText = 5_000

/** What an option of a select is stored as. */
const valuesOf = (field: Extract<BookableField, { options: unknown }>): string[] =>
  field.options.map((option) => (typeof option === 'string' ? option : option.value))

const numberSchema = ({ min, max }: { min?: number; max?: number }) => {
  const bounded = z.number().gte(min ?? -Number.MAX_SAFE_INTEGER)
  return bounded.lte(max ?? Number.MAX_SAFE_INTEGER)
}

/** One value of a field as it comes in. Stricter rules of the field itself are held when it is stored. */
const valueInput = (field: BookableField): z.ZodType => {
  switch (field.type) {
    case 'text':
      return line(Math.min(field.maxLength ?? longestText, longestText))
    case 'textarea':
      return paragraph(Math.min(field.maxLength ?? longestText, longestText))
    case 'email':
      return email
    case 'number':
      return numberSchema(field)
    case 'checkbox':
      return z.boolean()
    case 'select':
    case 'radio':
      return z.enum(valuesOf(field))
    case 'date':
      return z.union([z.iso.datetime({ offset: true }), z.iso.date()])
    case 'json':
      return z.unknown()
    case 'relationship':
      return z.uuid().describe('Id of the record')
  }
}

const valueAnswer = (field: BookableField): z.ZodType => {
  switch (field.type) {
    case 'text':
    case 'textarea':
    case 'email':
      return z.string()
    case 'relationship':
      return z.string().describe('Id of the record')
    case 'number':
      return z.number()
    case 'date':
      return z.string().meta({ format: 'date-time' })
    case 'checkbox':
    case 'select':
    case 'radio':
    case 'json':
      return valueInput(field)
  }
}

/** The document is English, whatever else the admin says. */
const describe = (schema: z.ZodType, { admin }: BookableField): z.ZodType => {
  const given: unknown = admin?.description
  const said: unknown = typeof given === 'object' && given !== null ? Reflect.get(given, 'en') : given
  return typeof said === 'string' ? schema.describe(said) : schema
}

const isMany = (field: BookableField): boolean => 'hasMany' in field && field.hasMany === true

const inputOf = (field: BookableField): z.ZodType => {
  const value = isMany(field) ? z.array(valueInput(field)).max(100) : valueInput(field)
  return describe(bookingUseOf(field)?.input === 'required' ? value : value.optional(), field)
}

/** Left out where whoever asks may not read it. */
const answerOf = (field: BookableField): z.ZodType =>
  describe((isMany(field) ? z.array(valueAnswer(field)) : valueAnswer(field)).nullable().optional(), field)

const shapeOf = (fields: readonly BookableField[], schemaOf: (field: BookableField) => z.ZodType) =>
  Object.fromEntries(fields.map((field) => [field.name, schemaOf(field)]))

// The added keys stand beside those that the compiler knows, and never instead of them: the composition refuses that.
const extend = <S extends z.ZodObject>(schema: S, added: Record<string, z.ZodType>): S =>
  schema.extend(added) as unknown as S

/** What somebody who books may say, with the fields that an installation has added to sessions. Ask for it when it is needed. */
export const withAddedInputs = <S extends z.ZodObject>(schema: S): S =>
  extend(schema, shapeOf(bookingFieldsOf('scheduled-sessions', 'input'), inputOf))

/** What is answered about a session or service type, with the fields that an installation has added to it. */
export const withAddedAnswers = <S extends z.ZodObject>(slug: 'scheduled-sessions' | 'service-types', schema: S): S =>
  extend(schema, shapeOf(bookingFieldsOf(slug, 'output'), answerOf))

/** The added fields of sessions out of a body that was parsed with them. */
export const pickAddedInputs = (body: object): Record<string, unknown> =>
  Object.fromEntries(
    bookingFieldsOf('scheduled-sessions', 'input').flatMap(({ name }) => {
      const value: unknown = Reflect.get(body, name)
      return value === undefined ? [] : [[name, value]]
    }),
  )
