import { createPayloadRequest, type Payload } from 'payload'
import { mergeListSearchAndWhere } from 'payload/shared'
import { computeCostRefusal, computeQueryCost } from '#access/compute-query-cost'
import { queryBounds, readerKindOf } from '#access/query-bounds'
import { joinsFor, readQuestion } from '#hooks/shared/read-question'

/** What makes a list of the admin dearer than its first page is. */
const asks = /[?&](?:where|search|sort)(?:=|\[|%5B)/i

/**
 * The admin renders its lists in this process, with the conditions of the address, and asks no API for them: what such a list would cost is computed before
 * its page is begun, by the measure of the API.
 * @param ask makes the request, with the cookie of whoever looks, where it is a list. Who is nobody is led to the login, and reads nothing.
 * @returns why it is not rendered; undefined where it is, or where it is no list.
 */
export const findDearList = async (
  payload: Payload,
  { url, ask }: { url: string; ask: () => Request },
): Promise<string | undefined> => {
  const [pathname = ''] = url.split('?', 1)
  const slug = listedIn(payload, pathname)
  if (slug === undefined || !asks.test(url)) return undefined
  const req = await createPayloadRequest({ config: payload.config, request: ask() })
  if (!req.user) return undefined
  const { where, search: text, sort, limit } = req.query
  const { config } = payload.collections[slug]
  const whole = mergeListSearchAndWhere({
    collectionConfig: config,
    search: typeof text === 'string' ? text : '',
    // Wrapped, as its own `and` need be no list.
    ...(isConditions(where) ? { where: { and: [where] } } : {}),
  })
  const reader = readerKindOf(req)
  const known = { payload, joinsOfRelation: joinsFor(reader) }
  const question = readQuestion(known, slug, 'list', { where: whole, sort, limit, depth: 0, joins: false })
  return computeCostRefusal(computeQueryCost(question), queryBounds[reader].cost)
}

const isConditions = (where: unknown): where is Parameters<typeof mergeListSearchAndWhere>[0]['where'] & object =>
  typeof where === 'object' && where !== null && !Array.isArray(where)

/** `/admin/collections/<slug>`, and its trash. */
const listedIn = ({ collections, config }: Payload, pathname: string): keyof typeof collections | undefined => {
  const base = `${config.routes.admin}/collections/`
  if (!pathname.startsWith(base)) return undefined
  const [slug = '', ...rest] = pathname.slice(base.length).replace(/\/$/, '').split('/')
  const isList = rest.length === 0 || rest.join('/') === 'trash'
  return isList && Object.hasOwn(collections, slug) ? (slug as keyof typeof collections) : undefined
}
