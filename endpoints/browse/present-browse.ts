import type { PayloadRequest } from 'payload'
import type { ConsultantDetailsRow, ServiceTypeRow } from '#directory/consultant-queries'
import type { ConsultantRow, ImageRow } from '#directory/consultant-search-queries'
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

export type PricesOf = PricedConsultant & { cancellationPolicy: PolicyOverride }

/**
 * A service type as the public sees it: of one consultant with their lengths and prices, or in general with the prices that do not
 * depend on the consultant. Undefined when the consultant offers none of its lengths.
 */
export const presentServiceType = (
  row: ServiceTypeRow,
  { settings, consultant, added }: { settings: BookingSetting; consultant?: PricesOf; added: AddedBySlug },
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
    ...added.get(row.slug),
  }
}

/** One entry of the directory. */
export const presentConsultantCard = ({ image, nextAvailableAt, ...row }: ConsultantRow, serverUrl: string) => ({
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
})

/** A public profile in full. */
export const presentConsultant = (
  row: ConsultantDetailsRow,
  { settings, serverUrl, added }: { settings: BookingSetting; serverUrl: string; added: AddedBySlug },
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
  serviceTypes: row.serviceTypes.flatMap(
    (serviceType) => presentServiceType(serviceType, { settings, consultant: row.consulting, added }) ?? [],
  ),
  reviews: row.reviews.map(({ authorName, createdAt, ...review }) => ({
    rating: review.rating,
    reviewText: review.reviewText,
    customerName: firstNameOf(authorName),
    createdAt: iso(createdAt),
    consultantResponse: review.consultantResponse,
  })),
})
