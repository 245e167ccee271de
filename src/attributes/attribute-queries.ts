import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'
import { readDb } from '#database/transactions'
import type { AttributeDefinition } from './attribute-definition'
import type { AttributeSubject } from './attribute-kinds'

/** All definitions that are in use, in the order in which operations want them shown. One statement. */
export const listAttributeDefinitions = async (req: PayloadRequest): Promise<AttributeDefinition[]> => {
  const db = await readDb(req)
  const { rows } = await db.execute(sql`
    SELECT a.subject, a.key, a.label, a.help, a.type, coalesce(a.required, false) AS required,
      a.min::float8, a.max::float8, coalesce(a.is_in_messages, false) AS "isInMessages",
      (SELECT coalesce(json_agg(json_build_object('value', o.value, 'label', o.label) ORDER BY o._order), '[]')
        FROM custom_attributes_options o WHERE o._parent_id = a.id) AS options,
      (SELECT coalesce(json_agg(r.value), '[]') FROM custom_attributes_readable_by r WHERE r.parent_id = a.id) AS "readableBy",
      (SELECT coalesce(json_agg(w.value), '[]') FROM custom_attributes_writable_by w WHERE w.parent_id = a.id) AS "writableBy",
      (SELECT coalesce(json_agg(t.service_types_id), '[]') FROM custom_attributes_rels t
        WHERE t.parent_id = a.id AND t.path = 'serviceTypes') AS "serviceTypes"
    FROM custom_attributes a WHERE a.is_active ORDER BY a.position, a.created_at, a.id`)
  return rows as AttributeDefinition[]
}

/** Whose values count: of consultants also those of a draft, which are published one day. */
const holders = {
  'scheduled-sessions': sql`SELECT id, attributes FROM scheduled_sessions`,
  customers: sql`SELECT id, attributes FROM customers`,
  'consultant-profiles': sql`SELECT id, attributes FROM consultant_profiles
    UNION ALL SELECT parent_id, version_attributes FROM _consultant_profiles_v WHERE latest`,
  'service-types': sql`SELECT id, attributes FROM service_types`,
} as const satisfies Record<AttributeSubject, unknown>

/** How many records have a value of an attribute. */
export const countAttributeValues = async (
  req: PayloadRequest,
  { subject, key }: { subject: AttributeSubject; key: string },
): Promise<number> => {
  const db = await readDb(req)
  const { rows } = await db.execute(sql`
    SELECT count(DISTINCT id)::int AS count FROM (${holders[subject]}) holder WHERE jsonb_exists(attributes, ${key})`)
  return (rows[0] as { count: number } | undefined)?.count ?? 0
}

/** How many records have chosen one of these options of an attribute. */
export const countChosenOptions = async (
  req: PayloadRequest,
  { subject, key, options }: { subject: AttributeSubject; key: string; options: readonly string[] },
): Promise<number> => {
  const db = await readDb(req)
  const { rows } = await db.execute(sql`
    SELECT count(DISTINCT id)::int AS count FROM (${holders[subject]}) holder
    WHERE (attributes -> ${key}) IN (SELECT to_jsonb(x) FROM json_array_elements_text(${JSON.stringify(options)}::json) x)
      OR (jsonb_typeof(attributes -> ${key}) = 'array' AND jsonb_exists_any(attributes -> ${key},
        ARRAY(SELECT json_array_elements_text(${JSON.stringify(options)}::json))))`)
  return (rows[0] as { count: number } | undefined)?.count ?? 0
}

/** How many definitions of a subject are in use, leaving one out. */
export const countActiveAttributes = async (
  req: PayloadRequest,
  { subject, except }: { subject: AttributeSubject; except: string | undefined },
): Promise<number> => {
  const db = await readDb(req)
  const { rows } = await db.execute(sql`
    SELECT count(*)::int AS count FROM custom_attributes
    WHERE subject = ${subject} AND is_active AND id IS DISTINCT FROM ${except ?? null}::uuid`)
  return (rows[0] as { count: number } | undefined)?.count ?? 0
}
