import type { CollectionBeforeOperationHook, Endpoint, PayloadRequest, SanitizedCollectionConfig, Where } from 'payload'
import { preferenceQuota } from '#access/quotas'
import { enforceLimit } from '#access/rate-limits'
import { DomainError } from '#shared/errors'

const slug = 'payload-preferences'

const refuse = (path: string, message: string): never => {
  throw new DomainError('invalid_request', `${path} ${message}.`, { errors: [{ path, message }] })
}

const boundOne = (key: unknown, value: unknown): void => {
  const { keyLength, bytes } = preferenceQuota
  if (typeof key !== 'string' || key.length > keyLength) refuse('key', `must be a text of at most ${keyLength} letters`)
  if (Buffer.byteLength(JSON.stringify(value ?? null)) > bytes) refuse('value', `may have at most ${bytes / 1_000} kB`)
}

const ofUser = ({ user }: PayloadRequest): Where[] => [
  { 'user.value': { equals: user?.id } },
  { 'user.relationTo': { equals: user?.collection } },
]

/** The admin does not say when a preference is refused, so one that is longest unused makes room. */
const makeRoom = async (req: PayloadRequest, key: string): Promise<void> => {
  const { docs, totalDocs } = await req.payload.find({
    collection: slug,
    where: { and: [...ofUser(req), { key: { not_equals: key } }] },
    sort: 'updatedAt',
    limit: 1,
    depth: 0,
    overrideAccess: true,
    req,
  })
  const [oldest] = docs
  if (oldest && totalDocs >= preferenceQuota.records) {
    await req.payload.delete({ collection: slug, id: oldest.id, overrideAccess: true, req })
  }
}

/** Over GraphQL. */
const boundPreferences: CollectionBeforeOperationHook = async ({ args, operation, overrideAccess, req }) => {
  if ((operation !== 'create' && operation !== 'update') || overrideAccess || !('data' in args)) return args
  const data = args.data as { key?: unknown; value?: unknown }
  boundOne(data.key ?? '', data.value)
  if (operation === 'create' && req.user) await makeRoom(req, String(data.key))
  return args
}

/** Over REST, where Payload writes them past all hooks. */
const boundEndpoint = (endpoint: Omit<Endpoint, 'root'>): Omit<Endpoint, 'root'> => {
  if (endpoint.method !== 'post') return endpoint
  return {
    ...endpoint,
    handler: async (req) => {
      const user = req.user?.collection === 'users' ? req.user : null
      await enforceLimit('recordChanges', { user, address: req.headers.get('x-forwarded-for') ?? 'unknown' })
      const text = (await req.text?.()) ?? ''
      boundOne(req.routeParams?.key, text)
      if (req.user) await makeRoom(req, String(req.routeParams?.key))
      req.json = () => Promise.resolve(JSON.parse(text) as unknown)
      return endpoint.handler(req)
    },
  }
}

/** Bounds how many preferences a login has, and how long they are. */
export const boundPreferencesOf = (collection: SanitizedCollectionConfig): void => {
  if (collection.slug !== slug) return
  collection.hooks.beforeOperation.push(boundPreferences)
  if (collection.endpoints) collection.endpoints = collection.endpoints.map(boundEndpoint)
}
