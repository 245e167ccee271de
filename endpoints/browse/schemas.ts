import { z } from 'zod'
import { intakeQuestionTypeNames } from '#shared/intake-question'
import { withAddedAnswers } from '../support/added-schemas'
import { attributesAnswer, cancellationPolicyAnswer, dateTime, money } from '../support/schemas'

/** What the browsing operations answer. */

const profileImage = z.object({ url: z.string(), alt: z.string().nullable() }).meta({ id: 'ProfileImage' })

const serviceTypeFields = z.object({
  slug: z.string(),
  name: z.string(),
  descriptionText: z.string().nullable(),
  durations: z.array(
    z
      .object({ durationMinutes: z.int(), price: money.nullable().describe('Null: the consultant decides') })
      .meta({ id: 'ServiceDuration' }),
  ),
  defaultDurationMinutes: z.int(),
  requiresConfirmation: z.boolean(),
  isFree: z.boolean(),
  cancellationPolicy: cancellationPolicyAnswer,
  intakeQuestions: z.array(
    z
      .object({
        key: z.string(),
        label: z.string(),
        type: z.enum(intakeQuestionTypeNames),
        options: z.array(z.object({ value: z.string(), label: z.string() })).describe('Of a `select`'),
        required: z.boolean(),
      })
      .meta({ id: 'IntakeQuestion' }),
  ),
  attributes: attributesAnswer,
})

/** What is answered about a service type without what an installation adds. */
export const serviceTypeNames: ReadonlySet<string> = new Set(Object.keys(serviceTypeFields.shape))

/** With what an installation has added to service types. */
export const serviceTypeAnswer = z.lazy(() =>
  withAddedAnswers('service-types', serviceTypeFields).meta({ id: 'ServiceType' }),
)

export const consultantCardAnswer = z
  .object({
    id: z.string(),
    slug: z.string(),
    name: z.string(),
    headline: z.string().nullable(),
    specialties: z.array(z.string()),
    languages: z.array(z.string()),
    averageRating: z.number().nullable(),
    reviewCount: z.int(),
    price: money.nullable().describe('The lowest among their offers, for the length that is offered first'),
    nextAvailableAt: dateTime.nullable(),
    profileImage: profileImage.nullable(),
    attributes: attributesAnswer,
  })
  .meta({ id: 'ConsultantCard' })

export const consultantAnswer = z
  .object({
    id: z.string(),
    slug: z.string(),
    name: z.string(),
    headline: z.string().nullable(),
    bioText: z.string().nullable(),
    location: z.string().nullable(),
    company: z.string().nullable(),
    website: z.string().nullable(),
    timeZone: z.string(),
    specialties: z.array(z.string()),
    languages: z.array(z.string()),
    certifications: z.array(z.string()),
    yearsOfExperience: z.number().nullable(),
    averageRating: z.number().nullable(),
    reviewCount: z.int(),
    profileImage: profileImage.nullable(),
    attributes: attributesAnswer,
    serviceTypes: z.array(serviceTypeAnswer),
    reviews: z.array(
      z
        .object({
          rating: z.int(),
          reviewText: z.string().nullable(),
          customerName: z.string(),
          createdAt: dateTime,
          consultantResponse: z.string().nullable(),
        })
        .meta({ id: 'PublicReview' }),
    ),
  })
  .meta({ id: 'Consultant' })
