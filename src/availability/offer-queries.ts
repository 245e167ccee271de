import type { PayloadRequest, Where } from 'payload'
import type { AvailabilitySchedule, ConsultantProfile, ServiceType } from '../../payload-types'
import { preparedStatement } from '../database/prepared-statement'
import { dayMs } from './calendar-day'
import { isUuid } from '../shared/ids'
import type { Offer } from './offer'
import { defaultDurationOf, offeredDurations, priceFor } from './offered-prices'
import { toQuestions } from './to-questions'
import { toRules } from './to-rules'
import type { Interval } from './types'

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

/** Pairs of epoch ms as JSON. Whole numbers in an array: `json_build_array` and `numeric` take three times as long for a week of a full calendar. */
const intervalsOf = (from: string, until: string): string =>
  `array_to_json(array_agg(ARRAY[(date_part('epoch', ${from}) * 1000)::bigint, (date_part('epoch', ${until}) * 1000)::bigint]))`

/**
 * The columns of {@link TakenRow} for the consultant $1 between $2 and $3: claims with their buffers, and busy times of external
 * calendars. Holds that ran out by $4 do not count, nor does the caller's own hold ($5), nor the claim that is to be moved ($6).
 * `isClosed`: a connected calendar that blocks time was never read, or not for a day where the settings say that this closes it; then
 * nobody knows when the consultant is free.
 * `IS TRUE` keeps the calendars a list that is read once: as a join, PostgreSQL looked them up anew for each busy time.
 */
const takenColumns = `
  coalesce((SELECT ${intervalsOf('occupied_from', 'occupied_until')}
    FROM availability_slots
    WHERE consultant_id = $1 AND status IN ('held', 'booked', 'blocked')
      AND tstzrange(occupied_from, occupied_until, '[)') && tstzrange($2, $3, '[)')
      AND NOT (status = 'held' AND scheduled_session_id IS NULL AND (hold_expires_at <= $4 OR hold_token_hash = $5))
      AND id IS DISTINCT FROM $6), '[]') AS claims,
  coalesce((SELECT ${intervalsOf('starts_at', 'ends_at')}
    FROM busy_times
    WHERE consultant_id = $1 AND tstzrange(starts_at, ends_at, '[)') && tstzrange($2, $3, '[)')
      AND ((calendar_id, generation) IN (SELECT id, generation FROM connected_calendars WHERE consultant_id = $1 AND counts_as_busy)) IS TRUE), '[]')
    AS busy,
  EXISTS (SELECT FROM calendar_connections c
    LEFT JOIN connected_calendars k ON k.connection_id = c.id
    WHERE c.consultant_id = $1 AND c.status <> 'disconnected' AND (k.id IS NULL
      OR (k.counts_as_busy AND (k.generation = 0 OR (k.stale_since < now() - interval '24 hours'
        AND NOT coalesce((SELECT bookable_while_stale FROM booking_settings LIMIT 1), true)))))) AS "isClosed"`

const iso = (epochMs: number) => new Date(epochMs).toISOString()

/** Buffers reach over the window's edges. */
const marginMs = dayMs

const takenValues = (consultantId: string, window: Interval, { now, ownHoldHash, exceptSlotId }: TakenOptions) => [
  consultantId,
  iso(window.start - marginMs),
  iso(window.end + marginMs),
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
  FROM consultant_profiles c, service_types s
  WHERE c.id = $1 AND s.id = $7 AND c._status = 'published' AND c.is_public AND s.is_active`,
)

const readState = async (
  req: PayloadRequest,
  offer: Offer,
  window: Interval,
  options: TakenOptions,
): Promise<StateRow | undefined> => {
  const [row] = await selectState(req, [...takenValues(offer.consultantId, window, options), offer.serviceTypeId])
  return row
}

const selectTaken = preparedStatement<TakenRow>('taken-time', `SELECT ${takenColumns}`)

/** What is taken of a consultant's time between two instants (epoch ms), and a little around them. */
export const findTaken = async (
  req: PayloadRequest,
  consultantId: string,
  args: { window: Interval; now: number },
): Promise<Interval[]> => {
  const [row] = await selectTaken(req, takenValues(consultantId, args.window, args))
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
        ? (cache.get(key) ?? (await readOffer(req, args.consultant, args.serviceType)))
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
