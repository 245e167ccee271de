import { formatAdminURL } from 'payload/shared'

/** The list of a collection in the admin, filtered by equal values. */
export const listUrl = ({
  adminRoute,
  collection,
  where,
}: {
  adminRoute: string
  collection: string
  where: Readonly<Record<string, string>>
}): string => {
  const query = new URLSearchParams()
  for (const [index, [field, value]] of Object.entries(where).entries()) {
    query.set(`where[or][0][and][${index}][${field}][equals]`, value)
  }
  return `${formatAdminURL({ adminRoute, path: `/collections/${collection}` })}?${query.toString()}`
}

/** A record in the admin. */
export const recordUrl = (adminRoute: string, collection: string, id: string): string =>
  formatAdminURL({ adminRoute, path: `/collections/${collection}/${encodeURIComponent(id)}` })
