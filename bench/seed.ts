import { sql } from '@payloadcms/db-postgres'
import type { Payload } from 'payload'
import type pg from 'pg'
import { refreshDirectory } from '#directory/directory-queries'
import { publishSlots } from '#directory/published-slots/publish-slots'
import { poolDb, withTransaction } from '#database/transactions'
import { withoutIndexes } from './fill-tables'

const day = (startTime: string, endTime: string, enabled = true) => ({ enabled, startTime, endTime })

const week = (hours: ReturnType<typeof day>, weekend: ReturnType<typeof day>) => ({
  monday: hours,
  tuesday: hours,
  wednesday: hours,
  thursday: hours,
  friday: hours,
  saturday: weekend,
  sunday: weekend,
})

const office = week(day('09:00', '17:00'), day('09:00', '17:00', false))
const always = week(day('00:00', '00:00'), day('00:00', '00:00'))

const zones = ['Europe/Berlin', 'Europe/London', 'America/New_York', 'Asia/Kolkata', 'Australia/Sydney', 'Asia/Tokyo']
const specialties = ['Tax', 'Leadership', 'Nutrition', 'Immigration law', 'Career change', 'Data protection']

const createConsultant = (
  payload: Payload,
  { slug, timeZone, workingHours }: { slug: string; timeZone: string; workingHours: typeof office },
) =>
  payload.create({
    collection: 'consultant-profiles',
    data: {
      name: `Consultant ${slug}`,
      slug,
      headline: `Advice on ${slug}`,
      specialties: specialties.filter((_, index) => (index + slug.length) % 2 === 0),
      languages: ['English', 'Deutsch'],
      availability: {
        timeZone,
        isAvailable: true,
        workingHours,
        minBookingNoticeHours: 0,
        maxAdvanceBookingDays: 60,
        bufferTimeMinutes: 0,
      },
      consulting: { basePrice: 12_000, currency: 'GBP' },
      isPublic: true,
      _status: 'published',
    },
  })

export type Seeded = {
  /** Twelve consultants, open Monday to Friday 09 to 17. */
  consultants: string[]
  /** Twelve who are always open: bookings use their time up. */
  bookable: string[]
  /** Two of the listed ones who differ in nothing but their names. */
  alike: { full: { id: string; slug: string }; empty: { id: string; slug: string } }
  /** Free, 30 minutes. */
  serviceType: string
  /** 120 pounds, 30 minutes; of those who are always open. */
  paidServiceType: string
}

/** Two dozen consultants with services of half an hour; twenty claims on each who is listed. */
export const seed = async (payload: Payload): Promise<Seeded> => {
  // A bench books more than any visitor may; what counting it costs is `bench/bounds.ts`.
  await payload.updateGlobal({
    slug: 'booking-settings',
    data: { bounds: { callerTimes: 1_000_000, callerShare: 100, inboxTimes: 1_000_000, strangersShare: 100 } },
  })
  const ids: string[] = []
  const alike: { id: string; slug: string }[] = []
  const openIds: string[] = []
  const consultants: string[] = []
  const bookable: string[] = []
  for (let n = 0; n < 12; n++) {
    const timeZone = zones[n % zones.length] ?? 'UTC'
    const listed = await createConsultant(payload, { slug: `listed-${n}`, timeZone, workingHours: office })
    const open = await createConsultant(payload, { slug: `open-${n}`, timeZone: 'UTC', workingHours: always })
    ids.push(listed.id, open.id)
    if (n % zones.length === 0) alike.push({ id: listed.id, slug: `listed-${n}` })
    openIds.push(open.id)
    consultants.push(`listed-${n}`)
    bookable.push(`open-${n}`)
  }
  await payload.create({
    collection: 'service-types',
    data: {
      name: 'Bench call',
      slug: 'bench-call',
      durations: [30],
      defaultDurationMinutes: 30,
      isFree: true,
      isActive: true,
      consultants: ids,
    },
  })
  await payload.create({
    collection: 'service-types',
    data: {
      name: 'Bench paid call',
      slug: 'bench-paid-call',
      durations: [30],
      defaultDurationMinutes: 30,
      isFree: false,
      prices: [{ durationMinutes: 30, amount: 12_000, currency: 'GBP' }],
      isActive: true,
      consultants: openIds,
    },
  })
  await poolDb(payload).execute(sql`
    INSERT INTO availability_slots (id, consultant_id, starts_at, ends_at, occupied_from, occupied_until, duration_minutes, status)
    SELECT gen_random_uuid(), c.id, s, s + interval '1 hour', s, s + interval '1 hour', 60, 'blocked'
    FROM consultant_profiles c, generate_series(1, 20) n,
      LATERAL (SELECT date_trunc('day', now()) + n * interval '3 days' + (9 + n % 6) * interval '1 hour' AS s) one
    WHERE c.slug LIKE 'listed-%'`)
  for (const id of ids) await publishSlots(payload, id)
  const [full, empty] = alike
  if (!full || !empty) throw new Error('There are not two of the same zone.')
  return {
    consultants,
    bookable,
    alike: { full, empty },
    serviceType: 'bench-call',
    paidServiceType: 'bench-paid-call',
  }
}

/**
 * Copies the twelve listed consultants, with what they offer and their published time, until there are `total`. Straight in SQL:
 * saving each through Payload would take minutes, and leave the same rows.
 * @param client of a superuser.
 */
export const multiplyConsultants = async (payload: Payload, client: pg.Client, total: number): Promise<void> => {
  await client.query(`
    CREATE TEMPORARY TABLE bench_copies AS
    SELECT c.id AS source, gen_random_uuid() AS id, n FROM consultant_profiles c, generate_series(2, ${Math.ceil(total / 12)}) n
    WHERE c.slug LIKE 'listed-%'`)
  await withoutIndexes(client, ['availability_slots', 'consultant_profiles_texts', 'service_types_rels'], async () => {
    for (const copy of copies) await client.query(copy)
  })
  const { rows } = await client.query<{ id: string }>('SELECT id FROM bench_copies')
  const ids = rows.map(({ id }) => id)
  for (let from = 0; from < ids.length; from += 500) {
    await withTransaction(payload, (req) => refreshDirectory(req, ids.slice(from, from + 500)))
  }
  await client.query(`
    UPDATE parley.directory d SET (published_at, published_rules_version, days_at, next_start, last_start, publish_again_at) = (
      SELECT published_at, published_rules_version, days_at, next_start, last_start, publish_again_at FROM parley.directory s
      WHERE s.consultant_id = k.source)
    FROM bench_copies k WHERE d.consultant_id = k.id`)
  await client.query('DROP TABLE bench_copies')
  await client.query('VACUUM (ANALYZE) availability_slots')
  await client.query('ANALYZE')
}

const copies = [
  `INSERT INTO consultant_profiles
   SELECT (jsonb_populate_record(c, jsonb_build_object('id', k.id, 'slug', c.slug || '-' || k.n,
     'name', c.name || ' ' || k.n))).* FROM bench_copies k JOIN consultant_profiles c ON c.id = k.source`,
  `INSERT INTO consultant_profiles_texts ("order", parent_id, path, text)
   SELECT t."order", k.id, t.path, t.text FROM bench_copies k JOIN consultant_profiles_texts t ON t.parent_id = k.source`,
  `INSERT INTO service_types_rels ("order", parent_id, path, consultant_profiles_id)
   SELECT r."order", r.parent_id, r.path, k.id FROM bench_copies k
   JOIN service_types_rels r ON r.consultant_profiles_id = k.source`,
  `INSERT INTO availability_slots (id, consultant_id, service_type_id, starts_at, ends_at, occupied_from, occupied_until,
     duration_minutes, time_zone, price, currency, status)
   SELECT gen_random_uuid(), k.id, s.service_type_id, s.starts_at, s.ends_at, s.occupied_from, s.occupied_until,
     s.duration_minutes, s.time_zone, s.price, s.currency, s.status
   FROM bench_copies k JOIN availability_slots s ON s.consultant_id = k.source`,
  `INSERT INTO parley.free_days
   SELECT (jsonb_populate_record(f, jsonb_build_object('consultant_id', k.id))).*
   FROM bench_copies k JOIN parley.free_days f ON f.consultant_id = k.source`,
]
