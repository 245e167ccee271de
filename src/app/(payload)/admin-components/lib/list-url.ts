import type { Where, WhereField } from 'payload'
import { formatAdminURL } from 'payload/shared'

/** Fields and what is asked of them. A list that means them all joins them by `and`, as the filters of a list do. */
const conditionsOf = (where: Where): [field: string, operator: string, value: unknown][] => {
  const { and, or, ...fields } = where
  if (or) throw new RangeError('The filters of a list in the admin know no "or" of ours.')
  return [
    ...(and ?? []).flatMap(conditionsOf),
    ...Object.entries(fields as Record<string, WhereField>).flatMap(([field, asked]) =>
      Object.entries(asked).map(([operator, value]): [string, string, unknown] => [field, operator, value]),
    ),
  ]
}

/** The parser of the admin's addresses makes something else of a list with more places. */
const mostPlaces = 20

/**
 * The list of a collection in the admin with the records that a condition means, shown as filters that can be changed.
 * @param options.sort as Payload takes it; otherwise the list's own order.
 */
export const whereUrl = ({
  adminRoute,
  collection,
  where,
  sort,
}: {
  adminRoute: string
  collection: string
  where: Where
  sort?: string
}): string => {
  const query = new URLSearchParams()
  for (const [index, [field, operator, value]] of conditionsOf(where).entries()) {
    const key = `where[or][0][and][${index}][${field}][${operator}]`
    // The admin reads longer lists only so.
    if (Array.isArray(value) && value.length > mostPlaces) query.set(key, value.map(String).join(','))
    else if (Array.isArray(value))
      for (const [place, one] of value.entries()) query.set(`${key}[${place}]`, String(one))
    else query.set(key, String(value))
  }
  if (sort !== undefined) query.set('sort', sort)
  return `${formatAdminURL({ adminRoute, path: `/collections/${collection}` })}?${query.toString()}`
}

/** The list of a collection in the admin, filtered by equal values. */
export const listUrl = ({
  where,
  ...list
}: {
  adminRoute: string
  collection: string
  where: Readonly<Record<string, string>>
}): string =>
  whereUrl({
    ...list,
    where: Object.fromEntries(Object.entries(where).map(([field, value]) => [field, { equals: value }])),
  })

/** A record in the admin. */
export const recordUrl = (adminRoute: string, collection: string, id: string): string =>
  formatAdminURL({ adminRoute, path: `/collections/${collection}/${encodeURIComponent(id)}` })
