import type { Sequence } from '../catalog'
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

/** One page of a list, the newest first, as Stripe cuts it. Looks at no more objects than the page needs. */
export const listObjects = <T extends { id: string }>(args: {
  url: string
  objects: Sequence<T>
  page: Page
  fits: (object: T) => boolean
}): { object: 'list'; data: T[]; has_more: boolean; url: string } => {
  const { url, objects, page, fits } = args
  const limit = page.limit ?? 10
  const positionOf = (id: string, param: string): number => {
    const index = objects.indexOf(id)
    if (index < 0) throw invalidRequest(`No such object: '${id}'`, { code: 'resource_missing', param })
    return index
  }
  /** From there on, and one more than the page holds. */
  const collect = (from: number, step: 1 | -1): T[] => {
    const found: T[] = []
    for (let index = from; index >= 0 && index < objects.length && found.length <= limit; index += step) {
      const object = objects.at(index)
      if (object && fits(object)) found.push(object)
    }
    return found
  }
  const found =
    page.ending_before === undefined
      ? collect(
          page.starting_after === undefined
            ? objects.length - 1
            : positionOf(page.starting_after, 'starting_after') - 1,
          -1,
        )
      : collect(positionOf(page.ending_before, 'ending_before') + 1, 1)
  const data = found.slice(0, limit)
  if (page.ending_before !== undefined) data.reverse()
  return { object: 'list', data, has_more: found.length > limit, url }
}
