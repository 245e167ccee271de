import type { CreatedFilter } from '../params'
import { invalidRequest } from '../refusal'

type Page = {
  limit?: number | undefined
  starting_after?: string | undefined
  ending_before?: string | undefined
}

/** Whether an object was made in that time; seconds. */
export const isCreatedWithin = (created: number, filter: CreatedFilter | undefined): boolean => {
  if (filter === undefined) return true
  const { gt, gte, lt, lte } = { gt: undefined, lt: undefined, ...filter }
  return (
    (gt === undefined || created > gt) &&
    (gte === undefined || created >= gte) &&
    (lt === undefined || created < lt) &&
    (lte === undefined || created <= lte)
  )
}

/** One page of a list, the newest first, as Stripe cuts it. */
export const listObjects = <T extends { id: string }>(args: {
  url: string
  objects: Iterable<T>
  page: Page
  fits: (object: T) => boolean
}): { object: 'list'; data: T[]; has_more: boolean; url: string } => {
  const { url, objects, page, fits } = args
  const all = [...objects].reverse().filter(fits)
  const limit = page.limit ?? 10
  const positionOf = (id: string, param: string): number => {
    const index = all.findIndex((object) => object.id === id)
    if (index < 0) throw invalidRequest(`No such object: '${id}'`, { code: 'resource_missing', param })
    return index
  }
  if (page.ending_before !== undefined) {
    const end = positionOf(page.ending_before, 'ending_before')
    const start = Math.max(0, end - limit)
    return { object: 'list', data: all.slice(start, end), has_more: start > 0, url }
  }
  const start = page.starting_after === undefined ? 0 : positionOf(page.starting_after, 'starting_after') + 1
  return { object: 'list', data: all.slice(start, start + limit), has_more: all.length > start + limit, url }
}
