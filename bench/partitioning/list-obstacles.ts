import type pg from 'pg'

/** What a table would be in Citus: split by consultant, copied to every node, or on the coordinator alone. */
export type Placement = 'split' | 'copied' | 'coordinator'

/** Tables without a consultant that would be given one, because their rows belong to one consultant's sessions. */
const followsItsSession =
  /^(scheduled_sessions_|meetings_|consultation_requests|invoices$|notifications|availability_(slots|schedules)_|_?consultant_|meeting_(rooms|events)$)/

/** Whatever is asked for by key from anywhere, and written seldom beside the bookings. */
const copied =
  /^(users|customers|service_types|booking_settings|message_templates|custom_attributes|media|consultant_profiles|_consultant_profiles_v|facts$)/

export const placementOf = (table: string, columns: string[]): Placement => {
  if (copied.test(table)) return 'copied'
  return columns.includes('consultant_id') || followsItsSession.test(table) ? 'split' : 'coordinator'
}

export type Obstacle = {
  /** `unique`: a key without the consultant. `reference`: between split tables, without the consultant. `from copied`: a copied or coordinator's table leads to a split one. */
  kind:
    'unique' | 'primary key' | 'exclusion' | 'reference' | 'from copied' | 'from coordinator' | 'trigger' | 'deferred'
  table: string
  name: string
}

type Key = { table: string; name: string; kind: 'unique' | 'primary key' | 'exclusion'; hasConsultant: boolean }
type Reference = { table: string; target: string; name: string; deferred: boolean }

const ours = `('public'::regnamespace, 'parley'::regnamespace)`

const keys = `
  SELECT c.relname AS table, i.relname AS name,
    CASE WHEN x.indisexclusion THEN 'exclusion' WHEN x.indisprimary THEN 'primary key' ELSE 'unique' END AS kind,
    EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum = ANY (x.indkey) AND a.attname = 'consultant_id') AS "hasConsultant"
  FROM pg_index x JOIN pg_class c ON c.oid = x.indrelid JOIN pg_class i ON i.oid = x.indexrelid
  WHERE c.relnamespace IN ${ours} AND (x.indisunique OR x.indisexclusion) ORDER BY 1, 2`

const references = `
  SELECT c.relname AS table, t.relname AS target, k.conname AS name, k.condeferrable AS deferred
  FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_class t ON t.oid = k.confrelid
  WHERE k.contype = 'f' AND c.relnamespace IN ${ours} ORDER BY 1, 3`

const triggers = `
  SELECT c.relname AS table, t.tgname AS name FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
  WHERE NOT t.tgisinternal AND c.relnamespace IN ${ours} ORDER BY 1, 2`

const tables = `
  SELECT c.relname AS table, array_agg(a.attname::text) AS columns FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
  WHERE c.relkind = 'r' AND c.relnamespace IN ${ours} AND a.attnum > 0 AND NOT a.attisdropped GROUP BY 1 ORDER BY 1`

const obstacleOf = (from: Placement, to: Placement, { deferred }: Reference): Obstacle['kind'] | undefined => {
  if (from === 'split' && to === 'split') return deferred ? 'deferred' : 'reference'
  if (to !== 'split') return undefined
  return from === 'copied' ? 'from copied' : 'from coordinator'
}

/**
 * What stands between this schema and Citus with `consultant_id` as distribution column, read from the catalog. Its rules, as its documentation says them: every primary
 * key, unique index and exclusion constraint of a split table holds the distribution column; a reference between split tables holds it too; a split table may refer
 * to a copied one but not the other way round; triggers of split tables are allowed by a switch only.
 */
export const listObstacles = async (
  client: pg.ClientBase,
): Promise<{ placed: Map<string, Placement>; obstacles: Obstacle[] }> => {
  const { rows } = await client.query<{ table: string; columns: string[] }>(tables)
  const placed = new Map(rows.map(({ table, columns }) => [table, placementOf(table, columns)]))
  const place = (table: string): Placement => placed.get(table) ?? 'coordinator'
  const { rows: allKeys } = await client.query<Key>(keys)
  const { rows: allReferences } = await client.query<Reference>(references)
  const { rows: allTriggers } = await client.query<{ table: string; name: string }>(triggers)
  return {
    placed,
    obstacles: [
      ...allKeys
        .filter(({ table, hasConsultant }) => place(table) === 'split' && !hasConsultant)
        .map(({ kind, table, name }) => ({ kind, table, name })),
      ...allReferences.flatMap((reference) => {
        const kind = obstacleOf(place(reference.table), place(reference.target), reference)
        return kind ? [{ kind, table: reference.table, name: reference.name }] : []
      }),
      ...allTriggers
        .filter(({ table }) => place(table) === 'split')
        .map(({ table, name }) => ({ kind: 'trigger' as const, table, name })),
    ],
  }
}
