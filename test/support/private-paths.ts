import type { CollectionSlug, FlattenedField, Payload } from 'payload'
import { followField } from '#database/follow-field'
import type { MatrixRole } from './access-matrix'
import { audienceOf, privateFields } from './private-fields'

/** A way of asking `root` for what is private in the collection `of`. */
export type PrivatePath = { root: CollectionSlug; path: string; of: CollectionSlug; field: string; isSecret: boolean }

const maxHops = 3

/**
 * Every field that is hidden or has a rule of its own, in its own collection and by each chain of at most three relations that leads there; of chains
 * of one length between two collections the first stands for all.
 */
export const privatePaths = (payload: Payload): PrivatePath[] =>
  collectionsOf(payload).flatMap((root) =>
    chainsFrom(payload, root).flatMap(({ chain, of }) =>
      privateLeaves(payload, of).map(({ field, isSecret }) => ({
        root,
        of,
        field,
        isSecret,
        path: [...chain, field].join('.'),
      })),
    ),
  )

/** Whether somebody in that role may ask lists for it: rules that depend on the record are met by staff alone. */
export const mayAsk = ({ isSecret }: PrivatePath, role: MatrixRole): boolean =>
  !isSecret && (role === 'operations' || role === 'admin')

// Object.keys gives string[]; the keys are exactly the collections.
const collectionsOf = (payload: Payload): CollectionSlug[] =>
  (Object.keys(privateFields) as (keyof typeof privateFields)[]).filter((slug) =>
    Object.hasOwn(payload.collections, slug),
  )

const fieldsOf = (payload: Payload, slug: CollectionSlug): FlattenedField[] =>
  payload.collections[slug].config.flattenedFields

type Leaf = { field: string; isSecret: boolean }

const privateLeaves = (payload: Payload, of: CollectionSlug): Leaf[] =>
  leavesOf(fieldsOf(payload, of)).flatMap(({ path, isHidden }) => {
    const audience = audienceOf(of as keyof typeof privateFields, path)
    const isSecret = isHidden || audience === 'nobody' || audience === 'owner'
    return isSecret || audience !== 'all' ? [{ field: path, isSecret }] : []
  })

const leavesOf = (
  fields: FlattenedField[],
  within = '',
  isWithinHidden = false,
): { path: string; isHidden: boolean }[] =>
  fields.flatMap((field) => {
    const path = `${within}${field.name}`
    const isHidden = isWithinHidden || ('hidden' in field && field.hidden === true)
    const next = followField(field)
    if (!next || next.slug !== undefined) return [{ path, isHidden }]
    return [{ path, isHidden }, ...leavesOf(next.fields, `${path}.`, isHidden)]
  })

type Chain = { chain: string[]; of: CollectionSlug }

const chainsFrom = (payload: Payload, root: CollectionSlug): Chain[] => {
  const chains = new Map<string, Chain>()
  let last: Chain[] = [{ chain: [], of: root }]
  for (let hops = 0; hops <= maxHops; hops++) {
    const fresh = last.filter(({ of }) => !chains.has(`${hops} ${of}`))
    for (const each of fresh) if (!chains.has(`${hops} ${each.of}`)) chains.set(`${hops} ${each.of}`, each)
    const kept = [...chains].filter(([key]) => key.startsWith(`${hops} `)).map(([, each]) => each)
    last = kept.flatMap(({ chain, of }) =>
      relationsOf(fieldsOf(payload, of)).map((relation) => ({ chain: [...chain, relation.path], of: relation.slug })),
    )
  }
  return [...chains.values()].filter(({ of }) => Object.hasOwn(privateFields, of))
}

const relationsOf = (fields: FlattenedField[], within = ''): { path: string; slug: CollectionSlug }[] =>
  fields.flatMap((field) => {
    const path = `${within}${field.name}`
    const next = followField(field)
    if (!next) return []
    return next.slug === undefined
      ? relationsOf(next.fields, `${path}.`)
      : [{ path, slug: next.slug as CollectionSlug }]
  })
