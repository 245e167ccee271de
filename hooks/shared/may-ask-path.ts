import {
  buildVersionCollectionFields,
  type FlattenedField,
  type PayloadRequest,
  type SanitizedCollectionConfig,
} from 'payload'
import { followField, queriedFieldsOf } from '#database/follow-field'

/** What has been found out about fields and collections while one question is read. */
export type Known = Map<object, boolean>

/**
 * Whether the caller may ask records by this path: it ends at a field, and they may read every field and every collection that it leads through.
 * Rules that depend on the record say no here, as a question is about all records at once.
 * @param path as it came: `user.name`, `user__name`, `version.user`; without the `-` of an order.
 */
export const mayAskPath = async (
  { req, known }: { req: PayloadRequest; known: Known },
  slug: string,
  path: string,
): Promise<boolean> => {
  const segments = path.replaceAll('__', '.').split('.')
  const config = configOf(req, slug)
  if (!config) return false
  if (path === '_id') return true
  const readings = [walkPath({ req, known }, { slug, fields: config.flattenedFields }, segments)]
  // The same words may be asked of versions, which hold the record in `version` and name it in `parent`.
  if (config.versions) readings.push(walkPath({ req, known }, { slug, fields: versionFieldsOf(req, config) }, segments))
  const answers = await Promise.all(readings)
  return answers.includes('open') && !answers.includes('closed')
}

/** The collection whose records stand at the end of a path; undefined where it ends at a value. */
export const targetOfPath = (req: PayloadRequest, slug: string, path: string): string | undefined => {
  const segments = path.replaceAll('__', '.').split('.')
  const config = configOf(req, slug)
  if (!config) return undefined
  return (
    targetIn(req, config.flattenedFields, segments) ??
    (config.versions ? targetIn(req, versionFieldsOf(req, config), segments) : undefined)
  )
}

/** Whether a path is that of a list of other records within each record. */
export const isJoin = (req: PayloadRequest, slug: string, path: string): boolean => {
  const config = configOf(req, slug)
  const joins = config ? [...Object.values(config.joins).flat(), ...config.polymorphicJoins] : []
  return joins.some(({ joinPath }) => joinPath === path)
}

type Place = { slug: string | undefined; fields: FlattenedField[] }

const configOf = (req: PayloadRequest, slug: string): SanitizedCollectionConfig | undefined =>
  Object.hasOwn(req.payload.collections, slug)
    ? req.payload.collections[slug as keyof typeof req.payload.collections].config
    : undefined

const versionFields = new WeakMap<SanitizedCollectionConfig, FlattenedField[]>()

const versionFieldsOf = (req: PayloadRequest, config: SanitizedCollectionConfig): FlattenedField[] => {
  const known = versionFields.get(config)
  if (known) return known
  const fields = buildVersionCollectionFields(req.payload.config, config, true)
  versionFields.set(config, fields)
  return fields
}

const walkPath = async (
  { req, known }: { req: PayloadRequest; known: Known },
  start: Place,
  segments: readonly string[],
): Promise<'open' | 'closed' | 'unknown'> => {
  let { slug, fields } = start
  let record = start
  for (const [index, segment] of segments.entries()) {
    const rest = segments.slice(index + 1)
    // Blocks of several kinds may have fields of one name: then all of them have to be open.
    const found = fields.filter(({ name }) => name === segment)
    const [field] = found
    if (!field) return !rest.length && segment === 'id' && slug !== undefined ? 'open' : 'unknown'
    for (const each of found) if (!(await once(known, each, () => isReadable(req, each)))) return 'closed'
    const source = 'virtual' in field ? field.virtual : undefined
    // Stored nowhere, or with another record, whose path Payload asks instead.
    if (source === true) return 'closed'
    if (typeof source === 'string') return walkPath({ req, known }, record, source.split('.'))
    if (!rest.length || field.type === 'json' || field.type === 'richText') return 'open'
    if ('relationTo' in field && Array.isArray(field.relationTo)) {
      return rest.length === 1 && /^(relationTo|value)$/.test(rest.join()) ? 'open' : 'unknown'
    }
    if (field.type === 'blocks' && rest.join() === 'blockType') return 'open'
    const next = followField(field)
    if (!next) return 'unknown'
    // Which record it is stands in the record itself; only what that one holds is asked of its collection.
    const target = next.slug === undefined || rest.join() === 'id' ? undefined : configOf(req, next.slug)
    if (target && !(await once(known, target, () => isOpen(req, target)))) return 'closed'
    slug = next.slug
    fields = next.slug === undefined ? next.fields : queriedFieldsOf(req, next.slug)
    if (slug !== undefined) record = { slug, fields }
  }
  return 'unknown'
}

/**
 * Rules see no record, and one that is nobody's. Payload's rule for `sessions` compares the caller's id with the record's, and finds both missing
 * where nobody asks of nothing.
 */
const isReadable = async (req: PayloadRequest, field: FlattenedField): Promise<boolean> => {
  if ('hidden' in field && field.hidden) return false
  const read = 'access' in field ? field.access?.read : undefined
  return read === undefined || ((await read({ req })) && (await read({ req, doc: { id: 'no-record' } })))
}

/** Payload heeds the rule of another collection where it says which records, but not where it says none. */
const isOpen = async (req: PayloadRequest, { access }: SanitizedCollectionConfig): Promise<boolean> =>
  (await access.read({ req })) !== false

/** Rules may ask PostgreSQL, and many paths lead through the same places. */
const once = async (known: Known, place: object, find: () => Promise<boolean>): Promise<boolean> => {
  const found = known.get(place) ?? (await find())
  known.set(place, found)
  return found
}

const targetIn = (
  req: PayloadRequest,
  fields: FlattenedField[],
  [segment, ...rest]: readonly string[],
): string | undefined => {
  const field = fields.find(({ name }) => name === segment)
  const next = field && followField(field)
  if (!next) return undefined
  if (!rest.length) return next.slug
  return targetIn(req, next.slug === undefined ? next.fields : queriedFieldsOf(req, next.slug), rest)
}
