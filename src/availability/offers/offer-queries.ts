import type { PayloadRequest, Where } from 'payload'
import type { AvailabilitySchedule, ConsultantProfile, ServiceType } from '#payload-types'
import { readFromReplica } from '#database/replica'
import { isUuid } from '#shared/ids'
import type { Offer } from './offer'
import { defaultDurationOf, offeredDurations, priceFor } from './offered-prices'
import { toQuestions } from './to-questions'
import { type BlockRow, maxRecurringBlocks, toRules } from '../rules/to-rules'
import { findNews, findNewsTogether, type TakenQuestion } from './taken-queries'
import type { TakenText } from './taken-text'
import type { AvailabilityRules } from '../types'

/** A where clause for a slug or an id. */
export const bySlugOrId = (key: string): Where => (isUuid(key) ? { id: { equals: key } } : { slug: { equals: key } })

const versionOf = (profileVersion: unknown, serviceTypeUpdatedAt: unknown) =>
  `${String(profileVersion)}:${String(serviceTypeUpdatedAt)}`

/** Without the list of all who offer it: thousands of rows that nobody here reads. */
type OfferedServiceType = Omit<ServiceType, 'consultants'>

const composeOffer = (
  profile: ConsultantProfile,
  serviceType: OfferedServiceType,
  { schedules, blocks }: Besides,
): Offer | undefined => {
  const { availability, consulting = {} } = profile
  const durations = offeredDurations(serviceType, consulting)
  const defaultDurationMinutes = defaultDurationOf(serviceType, durations)
  if (defaultDurationMinutes === undefined) return undefined
  return {
    consultantId: profile.id,
    consultantSlug: profile.slug ?? profile.id,
    consultantName: profile.name,
    serviceTypeId: serviceType.id,
    serviceTypeSlug: serviceType.slug ?? serviceType.id,
    serviceTypeName: serviceType.name,
    version: versionOf(profile.rulesVersion ?? 0, Date.parse(serviceType.updatedAt)),
    rules: toRules(profile, schedules, blocks),
    durations,
    defaultDurationMinutes,
    prices: new Map(durations.map((minutes) => [minutes, priceFor(serviceType, consulting, minutes)])),
    requiresConfirmation: serviceType.requiresConfirmation ?? false,
    confirmsEmail: serviceType.confirmsEmail ?? 'nobody',
    questions: toQuestions(serviceType),
    policies: [serviceType.cancellationPolicy ?? {}, profile.consulting?.cancellationPolicy ?? {}],
    meetingProvider: serviceType.meetingProvider ?? null,
    meetingUrl: profile.consulting?.meetingUrl ?? null,
    bufferBeforeMinutes: serviceType.bufferBeforeMinutes ?? 0,
    bufferAfterMinutes: serviceType.bufferAfterMinutes ?? availability?.bufferTimeMinutes ?? 0,
    minBookingNoticeHours: availability?.minBookingNoticeHours ?? 0,
    maxAdvanceBookingDays: availability?.maxAdvanceBookingDays ?? 60,
  }
}

/** The profile, if the public may book it. */
const readProfile = async (req: PayloadRequest, key: string): Promise<ConsultantProfile | undefined> => {
  const { docs } = await req.payload.find({
    collection: 'consultant-profiles',
    where: { and: [bySlugOrId(key), { _status: { equals: 'published' } }, { isPublic: { equals: true } }] },
    limit: 1,
    depth: 0,
    pagination: false,
    req,
  })
  return docs[0]
}

/** The active service types of a consultant: all, or the one with a slug or id. */
const readServiceTypes = async (
  req: PayloadRequest,
  consultantId: string,
  key?: string,
): Promise<OfferedServiceType[]> => {
  const { docs } = await req.payload.find({
    collection: 'service-types',
    where: {
      and: [
        ...(key === undefined ? [] : [bySlugOrId(key)]),
        { isActive: { equals: true } },
        { consultants: { equals: consultantId } },
      ],
    },
    select: { consultants: false },
    limit: key === undefined ? 200 : 1,
    depth: 0,
    pagination: false,
    req,
  })
  return docs
}

const readSchedules = async (req: PayloadRequest, consultantId: string): Promise<AvailabilitySchedule[]> => {
  const { docs } = await req.payload.find({
    collection: 'availability-schedules',
    where: { consultant: { equals: consultantId }, isActive: { equals: true } },
    limit: 100,
    depth: 0,
    pagination: false,
    req,
  })
  return docs
}

const readRecurringBlocks = async (req: PayloadRequest, consultantId: string): Promise<BlockRow[]> => {
  const { docs } = await req.payload.find({
    collection: 'availability-slots',
    where: { consultant: { equals: consultantId }, status: { equals: 'blocked' }, isRecurring: { equals: true } },
    select: { startsAt: true, endsAt: true, isRecurring: true, recurrenceRule: true, timeZone: true },
    sort: 'id',
    limit: maxRecurringBlocks,
    depth: 0,
    pagination: false,
    req,
  })
  return docs
}

/** What decides about a consultant's times beside the profile. */
type Besides = { schedules: AvailabilitySchedule[]; blocks: BlockRow[] }

/** One after the other: in a transaction they share its connection. */
const readBesides = async (req: PayloadRequest, consultantId: string): Promise<Besides> => {
  const schedules = await readSchedules(req, consultantId)
  return { schedules, blocks: await readRecurringBlocks(req, consultantId) }
}

/** The rules of a consultant as they are stored now, published or not; undefined when there is no such consultant. */
export const findRules = async (req: PayloadRequest, consultantId: string): Promise<AvailabilityRules | undefined> => {
  const profile = await req.payload.findByID({
    collection: 'consultant-profiles',
    id: consultantId,
    depth: 0,
    disableErrors: true,
    req,
  })
  if (!profile) return undefined
  const { schedules, blocks } = await readBesides(req, consultantId)
  return toRules(profile, schedules, blocks)
}

/** Loads an offer from the tables; undefined when there is none that the public may book. */
const readOffer = async (
  req: PayloadRequest,
  consultantKey: string,
  serviceTypeKey: string,
): Promise<Offer | undefined> => {
  const profile = await readProfile(req, consultantKey)
  if (!profile) return undefined
  const [serviceType] = await readServiceTypes(req, profile.id, serviceTypeKey)
  return serviceType && composeOffer(profile, serviceType, await readBesides(req, profile.id))
}

/** The same, perhaps a moment old: whoever uses it checks its version, and reads again. What is not there yet may be at the primary. */
const readRules = async (
  req: PayloadRequest,
  consultantKey: string,
  serviceTypeKey: string,
): Promise<Offer | undefined> =>
  (await readFromReplica(req, (reading) => readOffer(reading, consultantKey, serviceTypeKey))) ??
  readOffer(req, consultantKey, serviceTypeKey)

/** Everything that a consultant offers publicly; empty for one whom the public cannot book. */
export const findOffers = async (req: PayloadRequest, consultantId: string): Promise<Offer[]> => {
  const profile = await readProfile(req, consultantId)
  if (!profile) return []
  const serviceTypes = await readServiceTypes(req, profile.id)
  if (!serviceTypes.length) return []
  const besides = await readBesides(req, profile.id)
  return serviceTypes.flatMap((serviceType) => composeOffer(profile, serviceType, besides) ?? [])
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
export type OfferState = { offer: Offer; taken: TakenText }

type OfferQuestion = Omit<TakenQuestion, 'offer'> & { consultant: string; serviceType: string }

const findState = async (
  req: PayloadRequest,
  args: OfferQuestion,
  ask: typeof findNews,
): Promise<OfferState | undefined> => {
  const key = `${args.consultant}|${args.serviceType}`
  for (let attempt = 0; attempt < 2; attempt++) {
    const offer =
      attempt === 0
        ? (cache.get(key) ?? (await readRules(req, args.consultant, args.serviceType)))
        : await readOffer(req, args.consultant, args.serviceType)
    if (!offer) return undefined
    const { version, taken } = await ask(req, { ...args, offer })
    if (version === null) {
      cache.delete(key)
      if (attempt === 0) continue
      return undefined
    }
    if (version !== offer.version && attempt === 0) continue
    remember(key, offer)
    return { offer, taken }
  }
  return undefined
}

/**
 * The offer of one consultant and service type (slug or id each) and what is taken between two instants: for what is decided by it. One
 * statement when the rules are known and unchanged. Undefined when the public cannot book this combination.
 */
export const findOfferState = (req: PayloadRequest, args: OfferQuestion): Promise<OfferState | undefined> =>
  findState(req, args, findNews)

/** The same for what is only shown: as it is at this moment, and asked together with what others want to know. */
export const findShownOfferState = (req: PayloadRequest, args: OfferQuestion): Promise<OfferState | undefined> =>
  findState(req, args, findNewsTogether)

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
