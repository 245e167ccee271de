import { sql } from '@payloadcms/db-postgres'
import type { SQL } from '@payloadcms/db-postgres/drizzle'
import type { PayloadRequest } from 'payload'
import { readDb } from '#database/transactions'
import { isUuid } from '#shared/ids'
import type { ImageRow } from './consultant-search-queries'
import type { PolicyOverride } from '#availability/offers/offer'
import type { PricedConsultant } from '#availability/offers/offered-prices'
import { selectServiceTypePricing, type ServiceTypePricing } from './service-type-queries'

export type IntakeQuestionRow = {
  key: string
  label: string
  type: string
  required: boolean
  options: { value: string; label: string }[]
}

export type ServiceTypeRow = ServiceTypePricing & {
  slug: string
  name: string
  /** Rich text. */
  description: unknown
  requiresConfirmation: boolean
  cancellationPolicy: PolicyOverride
  intakeQuestions: IntakeQuestionRow[]
  attributes: unknown
}

/** An active service type (alias `t`) as one JSON object. */
const selectServiceType = sql`json_build_object('slug', t.slug, 'name', t.name, 'description', t.description, 'attributes', t.attributes,
  'requiresConfirmation', coalesce(t.requires_confirmation, false), ${selectServiceTypePricing},
  'cancellationPolicy', json_build_object('refundableBeforeHours', t.cancellation_policy_refundable_before_hours,
    'refundPercentage', t.cancellation_policy_refund_percentage,
    'lateRefundPercentage', t.cancellation_policy_late_refund_percentage),
  'intakeQuestions', (SELECT coalesce(json_agg(json_build_object('key', i.key, 'label', i.label, 'type', i.type,
      'required', coalesce(i.required, false),
      'options', (SELECT coalesce(json_agg(json_build_object('value', o.value, 'label', o.label) ORDER BY o._order), '[]')
        FROM service_types_intake_questions_options o WHERE o._parent_id = i.id)) ORDER BY i._order), '[]')
    FROM service_types_intake_questions i WHERE i._parent_id = t.id))`

const maxServiceTypes = 200

/** Active service types in the order in which operations want them shown. */
const listServiceTypesWhere = (condition: SQL) => sql`
  SELECT coalesce(json_agg(one."serviceType" ORDER BY one.sort_order, one.name), '[]') FROM (
    SELECT t.sort_order, t.name, ${selectServiceType} AS "serviceType" FROM service_types t
    WHERE t.is_active AND ${condition} ORDER BY t.sort_order, t.name LIMIT ${maxServiceTypes}) one`

/** Every service type that is sold at the moment. */
export const listServiceTypes = async (req: PayloadRequest): Promise<ServiceTypeRow[]> => {
  const db = await readDb(req)
  const { rows } = await db.execute(sql`SELECT (${listServiceTypesWhere(sql`true`)}) AS docs`)
  return (rows[0] as { docs: ServiceTypeRow[] } | undefined)?.docs ?? []
}

export type ReviewRow = {
  rating: number
  reviewText: string | null
  authorName: string | null
  /** Epoch milliseconds. */
  createdAt: number
  consultantResponse: string | null
}

export type ConsultantDetailsRow = {
  id: string
  slug: string
  name: string
  headline: string | null
  /** Rich text. */
  bio: unknown
  location: string | null
  company: string | null
  website: string | null
  timeZone: string
  specialties: string[]
  languages: string[]
  certifications: string[]
  yearsOfExperience: number | null
  averageRating: number | null
  reviewCount: number
  consulting: PricedConsultant & { cancellationPolicy: PolicyOverride }
  image: ImageRow | null
  serviceTypes: ServiceTypeRow[]
  reviews: ReviewRow[]
  attributes: unknown
}

const textsOf = (path: 'specialties' | 'languages' | 'certifications') =>
  sql.raw(`(SELECT coalesce(json_agg(x.text ORDER BY x."order"), '[]') FROM consultant_profiles_texts x
    WHERE x.parent_id = c.id AND x.path = '${path}' AND x.text IS NOT NULL)`)

const shownReviews = 10

/** A published, public profile with what it offers and its latest shown reviews, by slug or id. One statement. */
export const findConsultantDetails = async (
  req: PayloadRequest,
  slugOrId: string,
): Promise<ConsultantDetailsRow | undefined> => {
  const db = await readDb(req)
  const { rows } = await db.execute(sql`
    SELECT c.id, c.slug, c.name, c.headline, c.bio, c.attributes, c.location, c.company, c.website, c.availability_time_zone AS "timeZone",
      ${textsOf('specialties')} AS specialties, ${textsOf('languages')} AS languages,
      ${textsOf('certifications')} AS certifications, c.years_of_experience::float8 AS "yearsOfExperience",
      c.statistics_average_rating::float8 AS "averageRating", coalesce(c.statistics_review_count, 0)::int AS "reviewCount",
      json_build_object('basePrice', c.consulting_base_price, 'currency', c.consulting_currency,
        'sessionDurations', (SELECT coalesce(json_agg(n.number), '[]') FROM consultant_profiles_numbers n
          WHERE n.parent_id = c.id AND n.path = 'consulting.sessionDurations'),
        'cancellationPolicy', json_build_object(
          'refundableBeforeHours', c.consulting_cancellation_policy_refundable_before_hours,
          'refundPercentage', c.consulting_cancellation_policy_refund_percentage,
          'lateRefundPercentage', c.consulting_cancellation_policy_late_refund_percentage)) AS consulting,
      (SELECT json_build_object('filename', m.filename, 'alt', m.alt)
        FROM media m WHERE m.id = c.profile_image_id AND m.is_public AND m.filename IS NOT NULL) AS image,
      (${listServiceTypesWhere(sql`EXISTS (SELECT FROM service_types_rels r
        WHERE r.parent_id = t.id AND r.consultant_profiles_id = c.id AND r.path = 'consultants')`)}) AS "serviceTypes",
      (SELECT coalesce(json_agg(json_build_object('rating', v.rating, 'reviewText', v.review_text,
          'authorName', v.author_name, 'createdAt', (extract(epoch FROM v.created_at) * 1000)::float8,
          'consultantResponse', v.consultant_response) ORDER BY v.created_at DESC), '[]')
        FROM (SELECT * FROM reviews WHERE consultant_id = c.id AND is_public AND moderation_status = 'approved'
          ORDER BY created_at DESC LIMIT ${shownReviews}) v) AS reviews
    FROM consultant_profiles c
    WHERE ${isUuid(slugOrId) ? sql`c.id = ${slugOrId}` : sql`c.slug = ${slugOrId}`}
      AND c._status = 'published' AND c.is_public`)
  return rows[0] as ConsultantDetailsRow | undefined
}
