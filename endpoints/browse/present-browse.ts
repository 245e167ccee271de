import type { PayloadRequest } from 'payload'
import type { ConsultantDetailsRow, ServiceTypeRow } from '#directory/consultant-queries'
import type { ConsultantRow, ImageRow } from '#directory/consultant-search-queries'
import type { AttributeDefinition } from '#attributes/attribute-definition'
import { attributeDefinitions } from '#attributes/attribute-definitions'
import { type AttributeViewer, pickReadable } from '#attributes/decide-attribute-access'
import type { PolicyOverride } from '#availability/offers/offer'
import {
  defaultDurationOf,
  fixedPriceOf,
  offeredDurations,
  type PricedConsultant,
  priceFor,
} from '#availability/offers/offered-prices'
import { readAddedFields } from '../support/read-added-fields'
import { resolvePolicy } from '#sessions/create/compose-session'
import { richTextToPlainText } from '#database/rich-text-to-plain-text'
import type { BookingSetting } from '#payload-types'
import { iso } from '#shared/time'

const presentImage = (image: ImageRow | null, serverUrl: string) =>
  image && { url: `${serverUrl}/api/media/file/${encodeURIComponent(image.filename)}`, alt: image.alt }

/** Reviews are kept with "Ada L."; strangers read the first name. */
const firstNameOf = (authorName: string | null): string => authorName?.split(' ')[0] ?? ''

/** What an installation has added to service types, by slug. */
type AddedBySlug = Awaited<ReturnType<typeof readAddedFields>>

/** What of them whoever asks may read. */
export const addedOfServiceTypes = (req: PayloadRequest, rows: readonly ServiceTypeRow[]): Promise<AddedBySlug> =>
  readAddedFields(req, 'service-types', { slug: rows.map(({ slug }) => slug) })
/** What operations have defined for what is browsed. */
export type ShownAttributes = {
  consultants: readonly AttributeDefinition[]
  serviceTypes: readonly AttributeDefinition[]
}

/** What is browsed looks the same to everybody, with a login or without. */
const toStrangers: AttributeViewer = []

export const shownAttributes = async (req: PayloadRequest): Promise<ShownAttributes> => ({
  consultants: await attributeDefinitions(req, 'consultant-profiles'),
  serviceTypes: await attributeDefinitions(req, 'service-types'),
})

export type PricesOf = PricedConsultant & { cancellationPolicy: PolicyOverride }

/**
 * A service type as the public sees it: of one consultant with their lengths and prices, or in general with the prices that do not
 * depend on the consultant. Undefined when the consultant offers none of its lengths.
 */
export const presentServiceType = (
  row: ServiceTypeRow,
  {
    settings,
    attributes,
    added,
    consultant,
  }: { settings: BookingSetting; attributes: ShownAttributes; added: AddedBySlug; consultant?: PricesOf },
) => {
  const durations = offeredDurations(row, consultant ?? {})
  const defaultDurationMinutes = defaultDurationOf(row, durations)
  if (defaultDurationMinutes === undefined) return undefined
  const policies = [row.cancellationPolicy, ...(consultant ? [consultant.cancellationPolicy] : [])]
  const { refundableBeforeHours, refundPercentage, lateRefundPercentage } = resolvePolicy(policies, settings)
  return {
    slug: row.slug,
    name: row.name,
    descriptionText: richTextToPlainText(row.description),
    durations: durations.map((durationMinutes) => ({
      durationMinutes,
      price: consultant ? priceFor(row, consultant, durationMinutes) : fixedPriceOf(row, durationMinutes),
    })),
    defaultDurationMinutes,
    requiresConfirmation: row.requiresConfirmation,
    isFree: row.isFree ?? false,
    cancellationPolicy: { refundableBeforeHours, refundPercentage, lateRefundPercentage },
    intakeQuestions: row.intakeQuestions,
    attributes: pickReadable(row.attributes, attributes.serviceTypes, toStrangers),
    ...added.get(row.slug),
  }
}

/** One entry of the directory. */
export const presentConsultantCard = (
  { image, nextAvailableAt, ...row }: ConsultantRow,
  { attributes, serverUrl }: { attributes: Pick<ShownAttributes, 'consultants'>; serverUrl: string },
) => ({
  id: row.id,
  slug: row.slug,
  name: row.name,
  headline: row.headline,
  specialties: row.specialties,
  languages: row.languages,
  averageRating: row.averageRating,
  reviewCount: row.reviewCount,
  price: row.price,
  nextAvailableAt: nextAvailableAt === null ? null : iso(nextAvailableAt),
  profileImage: presentImage(image, serverUrl),
  attributes: pickReadable(row.attributes, attributes.consultants, toStrangers),
})

/** A public profile in full. */
export const presentConsultant = (
  row: ConsultantDetailsRow,
  {
    settings,
    attributes,
    added,
    serverUrl,
  }: { settings: BookingSetting; attributes: ShownAttributes; added: AddedBySlug; serverUrl: string },
) => ({
  id: row.id,
  slug: row.slug,
  name: row.name,
  headline: row.headline,
  bioText: richTextToPlainText(row.bio),
  location: row.location,
  company: row.company,
  website: row.website,
  timeZone: row.timeZone,
  specialties: row.specialties,
  languages: row.languages,
  certifications: row.certifications,
  yearsOfExperience: row.yearsOfExperience,
  averageRating: row.averageRating,
  reviewCount: row.reviewCount,
  profileImage: presentImage(row.image, serverUrl),
  attributes: pickReadable(row.attributes, attributes.consultants, toStrangers),
  serviceTypes: row.serviceTypes.flatMap(
    (serviceType) => presentServiceType(serviceType, { settings, attributes, added, consultant: row.consulting }) ?? [],
  ),
  reviews: row.reviews.map(({ authorName, createdAt, ...review }) => ({
    rating: review.rating,
    reviewText: review.reviewText,
    customerName: firstNameOf(authorName),
    createdAt: iso(createdAt),
    consultantResponse: review.consultantResponse,
  })),
})
