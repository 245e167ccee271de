import type { PayloadRequest, Where } from 'payload'
import type { AvailabilitySchedule, ConsultantProfile, ServiceType } from '#payload-types'
import { preparedStatement } from '#database/prepared-statement'
import { readFromReplica } from '#database/replica'
import { isUuid } from '#shared/ids'
import type { Offer } from './offer'
import { defaultDurationOf, offeredDurations, priceFor } from './offered-prices'
import { toQuestions } from './to-questions'
import { toRules } from '../rules/to-rules'
import type { Interval } from '../types'
import { dayMs, iso, minuteMs } from '#shared/time'

/** A where clause for a slug or an id. */
export const bySlugOrId = (key: string): Where => (isUuid(key) ? { id: { equals: key } } : { slug: { equals: key } })

const versionOf = (profileVersion: unknown, serviceTypeUpdatedAt: unknown) =>
  `${String(profileVersion)}:${String(serviceTypeUpdatedAt)}`

/** Without the list of all who offer it: thousands of rows that nobody here reads. */
type OfferedServiceType = Omit<ServiceType, 'consultants'>

const composeOffer = (
  profile: ConsultantProfile,
  serviceType: OfferedServiceType,
  schedules: AvailabilitySchedule[],
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
    rules: toRules(profile, schedules),
    durations,
    defaultDurationMinutes,
    prices: new Map(durations.map((minutes) => [minutes, priceFor(serviceType, consulting, minutes)])),
    requiresConfirmation: serviceType.requiresConfirmation ?? false,
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

/** Loads an offer from the tables; undefined when there is none that the public may book. */
const readOffer = async (
  req: PayloadRequest,
  consultantKey: string,
  serviceTypeKey: string,
): Promise<Offer | undefined> => {
  const profile = await readProfile(req, consultantKey)
  if (!profile) return undefined
  const [serviceType] = await readServiceTypes(req, profile.id, serviceTypeKey)
  return serviceType && composeOffer(profile, serviceType, await readSchedules(req, profile.id))
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
  const schedules = await readSchedules(req, profile.id)
  return serviceTypes.flatMap((serviceType) => composeOffer(profile, serviceType, schedules) ?? [])
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

type TakenRow = { claims: [number, number][]; busy: [number, number][]; isClosed: boolean }
type TakenOptions = { now: number; ownHoldHash?: string | undefined; exceptSlotId?: string | undefined }

/**
 * The columns of {@link TakenRow} for the consultant $1 between $2 and $3 as PostgreSQL's function `parley.taken_time` finds them: claims
 * with their buffers, and busy times of external calendars. Holds that ran out by $4 do not count, nor does the caller's own hold ($5),
 * nor the claim that is to be moved ($6).
 * `isClosed`: a connected calendar that blocks time was never read, or not for a day where the settings say that this closes it; then
 * nobody knows when the consultant is free.
 */
const takenColumns = `t.claims, t.busy, t.is_closed AS "isClosed"`
const takenTime = `parley.taken_time($1, $2, $3, $4, $5, $6) t`

/** What a session that starts within a window can meet, buffers included; longer than any of them is. */
const longestReachMs = dayMs

/** The same of one offer, no more than it needs: each busy time that is read costs its part of the answer. */
const reachOf = (
  { durations, bufferBeforeMinutes, bufferAfterMinutes }: Offer,
  { start, end }: Interval,
): Interval => ({
  start: start - bufferBeforeMinutes * minuteMs,
  end: end + (Math.max(...durations) + bufferAfterMinutes) * minuteMs,
})

const takenValues = (consultantId: string, reach: Interval, { now, ownHoldHash, exceptSlotId }: TakenOptions) => [
  consultantId,
  iso(reach.start),
  iso(reach.end),
  iso(now),
  ownHoldHash ?? '',
  exceptSlotId ?? null,
]

const allTime: Interval = { start: 0, end: Number.MAX_SAFE_INTEGER }

const toIntervals = ({ claims, busy, isClosed }: TakenRow): Interval[] =>
  isClosed ? [allTime] : [...claims, ...busy].map(([start, end]) => ({ start, end }))

type StateRow = TakenRow & { version: string }

const selectState = preparedStatement<StateRow>(
  'offer-state',
  `SELECT c.rules_version || ':' || (extract(epoch FROM s.updated_at) * 1000)::bigint AS version, ${takenColumns}
  FROM consultant_profiles c, service_types s, ${takenTime}
  WHERE c.id = $1 AND s.id = $7 AND c._status = 'published' AND c.is_public AND s.is_active`,
)

const readState = async (
  req: PayloadRequest,
  offer: Offer,
  window: Interval,
  options: TakenOptions,
): Promise<StateRow | undefined> => {
  const values = takenValues(offer.consultantId, reachOf(offer, window), options)
  const [row] = await selectState(req, [...values, offer.serviceTypeId])
  return row
}

const selectTaken = preparedStatement<TakenRow>('taken-time', `SELECT ${takenColumns} FROM ${takenTime}`)

/** What is taken of a consultant's time between two instants (epoch ms), and a little around them. */
export const findTaken = async (
  req: PayloadRequest,
  consultantId: string,
  args: { window: Interval; now: number },
): Promise<Interval[]> => {
  const reach = { start: args.window.start - longestReachMs, end: args.window.end + longestReachMs }
  const [row] = await selectTaken(req, takenValues(consultantId, reach, args))
  return row ? toIntervals(row) : []
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
        ? (cache.get(key) ?? (await readRules(req, args.consultant, args.serviceType)))
        : await readOffer(req, args.consultant, args.serviceType)
    if (!offer) return undefined
    const state = await readState(req, offer, args.window, args)
    if (!state) {
      cache.delete(key)
      if (attempt === 0) continue
      return undefined
    }
    if (state.version !== offer.version && attempt === 0) continue
    remember(key, offer)
    return { offer, taken: toIntervals(state) }
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
