import { sql } from '@payloadcms/db-postgres'
import type { Payload, PayloadRequest, Where } from 'payload'
import type { AvailabilitySchedule, ConsultantProfile, ServiceType } from '../../payload-types'
import { readDb } from '../database/transactions'
import { priceOf } from '../shared/money'
import type { Offer } from './offer'
import { toRules } from './to-rules'
import type { Interval } from './types'

const isUuid = (value: string) => /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(value)

/** A where clause for a slug or an id. */
export const bySlugOrId = (key: string): Where => (isUuid(key) ? { id: { equals: key } } : { slug: { equals: key } })

const idOf = (relation: string | { id: string }): string => (typeof relation === 'string' ? relation : relation.id)

/** Lengths that both the service type and the consultant offer; a consultant who names none offers all of them. */
export const offeredDurations = (serviceType: ServiceType, profile: ConsultantProfile): number[] => {
  const own = profile.consulting?.sessionDurations ?? []
  return (serviceType.durations ?? [])
    .filter((minutes) => own.length === 0 || own.includes(minutes))
    .sort((a, b) => a - b)
}

/** Price of one duration: free, the service type's own price, or the consultant's price of an hour in proportion. */
export const priceFor = (serviceType: ServiceType, profile: ConsultantProfile, durationMinutes: number) => {
  const fixed = serviceType.prices?.find((price) => price.durationMinutes === durationMinutes)
  const currency = fixed?.currency ?? serviceType.currency ?? profile.consulting?.currency ?? 'GBP'
  if (serviceType.isFree) return { amount: 0, currency }
  if (fixed) return { amount: fixed.amount, currency }
  const ownCurrency = profile.consulting?.currency ?? currency
  return priceOf({ basePriceAmount: profile.consulting?.basePrice ?? 0, currency: ownCurrency, durationMinutes })
}

const versionOf = (profileVersion: unknown, serviceTypeUpdatedAt: unknown) =>
  `${String(profileVersion)}:${String(serviceTypeUpdatedAt)}`

const composeOffer = (
  profile: ConsultantProfile,
  serviceType: ServiceType,
  schedules: AvailabilitySchedule[],
): Offer | undefined => {
  const durations = offeredDurations(serviceType, profile)
  const fallback = durations[0]
  if (fallback === undefined) return undefined
  const { availability } = profile
  return {
    consultantId: profile.id,
    consultantSlug: profile.slug ?? profile.id,
    consultantName: profile.name,
    serviceTypeId: serviceType.id,
    serviceTypeSlug: serviceType.slug ?? serviceType.id,
    serviceTypeName: serviceType.name,
    version: versionOf(profile.rulesVersion ?? 0, Date.parse(serviceType.updatedAt)),
    rules: toRules(profile, schedules),
    durations,
    defaultDurationMinutes: durations.includes(serviceType.defaultDurationMinutes)
      ? serviceType.defaultDurationMinutes
      : fallback,
    prices: new Map(durations.map((minutes) => [minutes, priceFor(serviceType, profile, minutes)])),
    requiresConfirmation: serviceType.requiresConfirmation ?? false,
    policies: [serviceType.cancellationPolicy ?? {}, profile.consulting?.cancellationPolicy ?? {}],
    meetingProvider: serviceType.meetingProvider ?? null,
    meetingUrl: profile.consulting?.meetingUrl ?? null,
    bufferBeforeMinutes: serviceType.bufferBeforeMinutes ?? 0,
    bufferAfterMinutes: serviceType.bufferAfterMinutes ?? availability?.bufferTimeMinutes ?? 0,
    minBookingNoticeHours: availability?.minBookingNoticeHours ?? 0,
    maxAdvanceBookingDays: availability?.maxAdvanceBookingDays ?? 60,
  }
}

const isOfferedBy = (serviceType: ServiceType, consultantId: string) =>
  (serviceType.consultants ?? []).some((consultant) => idOf(consultant) === consultantId)

/** Loads an offer from the tables; undefined when there is none that the public may book. */
const readOffer = async (
  req: PayloadRequest,
  consultantKey: string,
  serviceTypeKey: string,
): Promise<Offer | undefined> => {
  const { payload } = req
  const [consultants, serviceTypes] = [
    await payload.find({
      collection: 'consultant-profiles',
      where: { and: [bySlugOrId(consultantKey), { _status: { equals: 'published' } }, { isPublic: { equals: true } }] },
      limit: 1,
      depth: 0,
      pagination: false,
      req,
    }),
    await payload.find({
      collection: 'service-types',
      where: { and: [bySlugOrId(serviceTypeKey), { isActive: { equals: true } }] },
      limit: 1,
      depth: 0,
      pagination: false,
      req,
    }),
  ]
  const [profile, serviceType] = [consultants.docs[0], serviceTypes.docs[0]]
  if (!profile || !serviceType || !isOfferedBy(serviceType, profile.id)) return undefined
  const schedules = await payload.find({
    collection: 'availability-schedules',
    where: { consultant: { equals: profile.id }, isActive: { equals: true } },
    limit: 100,
    depth: 0,
    pagination: false,
    req,
  })
  return composeOffer(profile, serviceType, schedules.docs)
}

/** Rules rarely change and are costly to load, so they are kept per process; every use checks the version in the database. */
const cache = new Map<string, Offer>()
const cacheSize = 20_000

const remember = (key: string, offer: Offer): Offer => {
  cache.delete(key)
  cache.set(key, offer)
  if (cache.size > cacheSize) {
    const oldest = cache.keys().next().value
    if (oldest !== undefined) cache.delete(oldest)
  }
  return offer
}

/** An offer and what stands in the way of it between two instants (epoch ms). */
export type OfferState = { offer: Offer; taken: Interval[] }

type StateRow = { version: string; taken: [number, number][] }

/**
 * What is taken of a consultant's time: claims with their buffers, and busy times of external calendars. Holds that ran out
 * do not count, nor does the caller's own hold, nor the claim that is to be moved.
 */
const readState = async (
  req: PayloadRequest,
  offer: Offer,
  window: Interval,
  options: { now: number; ownHoldHash?: string | undefined; exceptSlotId?: string | undefined },
): Promise<StateRow | undefined> => {
  const [from, to, now] = [window.start, window.end, options.now].map((ms) => new Date(ms).toISOString())
  const db = await readDb(req)
  const { rows } = await db.execute(sql`
    SELECT c.rules_version || ':' || (extract(epoch FROM s.updated_at) * 1000)::bigint AS version,
      coalesce((SELECT json_agg(json_build_array(extract(epoch FROM occupied_from) * 1000, extract(epoch FROM occupied_until) * 1000))
        FROM availability_slots
        WHERE consultant_id = c.id AND status IN ('held', 'booked', 'blocked')
          AND tstzrange(occupied_from, occupied_until, '[)') && tstzrange(${from}::timestamptz, ${to}::timestamptz, '[)')
          AND NOT (status = 'held' AND scheduled_session_id IS NULL
            AND (hold_expires_at <= ${now}::timestamptz OR hold_token_hash = ${options.ownHoldHash ?? ''}))
          AND id IS DISTINCT FROM ${options.exceptSlotId ?? null}::uuid), '[]')
      AS claims,
      coalesce((SELECT json_agg(json_build_array(extract(epoch FROM starts_at) * 1000, extract(epoch FROM ends_at) * 1000))
        FROM busy_times
        WHERE consultant_id = c.id
          AND tstzrange(starts_at, ends_at, '[)') && tstzrange(${from}::timestamptz, ${to}::timestamptz, '[)')), '[]')
      AS busy
    FROM consultant_profiles c, service_types s
    WHERE c.id = ${offer.consultantId} AND s.id = ${offer.serviceTypeId}
      AND c._status = 'published' AND c.is_public AND s.is_active`)
  const row = rows[0] as { version: string; claims: [number, number][]; busy: [number, number][] } | undefined
  return row && { version: row.version, taken: [...row.claims, ...row.busy] }
}

/**
 * The offer of one consultant and service type (slug or id each) and what is taken between two instants. One statement when the
 * rules are known and unchanged. Undefined when the public cannot book this combination.
 */
export const findOfferState = async (
  req: PayloadRequest,
  args: {
    consultant: string
    serviceType: string
    window: Interval
    now: number
    ownHoldHash?: string | undefined
    exceptSlotId?: string | undefined
  },
): Promise<OfferState | undefined> => {
  const key = `${args.consultant}|${args.serviceType}`
  for (let attempt = 0; attempt < 2; attempt++) {
    const offer =
      attempt === 0
        ? (cache.get(key) ?? (await readOffer(req, args.consultant, args.serviceType)))
        : await readOffer(req, args.consultant, args.serviceType)
    if (!offer) return undefined
    // Buffers reach over the window's edges.
    const margin = 24 * 3_600_000
    const state = await readState(
      req,
      offer,
      { start: args.window.start - margin, end: args.window.end + margin },
      args,
    )
    if (!state) {
      cache.delete(key)
      if (attempt === 0) continue
      return undefined
    }
    if (state.version !== offer.version && attempt === 0) continue
    remember(key, offer)
    return { offer, taken: state.taken.map(([start, end]) => ({ start, end })) }
  }
  return undefined
}

/** The offer alone, perhaps a moment old; enough to know whom to lock before the real check. */
export const findOffer = async (
  req: PayloadRequest,
  consultant: string,
  serviceType: string,
): Promise<Offer | undefined> => {
  const key = `${consultant}|${serviceType}`
  const known = cache.get(key)
  if (known) return known
  const offer = await readOffer(req, consultant, serviceType)
  return offer && remember(key, offer)
}

/** Every service type that a consultant offers publicly. */
export const findOffers = async (payload: Payload, req: PayloadRequest, consultantId: string): Promise<Offer[]> => {
  const { docs } = await payload.find({
    collection: 'service-types',
    where: { isActive: { equals: true }, consultants: { contains: consultantId } },
    limit: 200,
    depth: 0,
    pagination: false,
    select: { slug: true },
    req,
  })
  const offers: Offer[] = []
  for (const { id } of docs) {
    const offer = await readOffer(req, consultantId, id)
    if (offer) offers.push(offer)
  }
  return offers
}
