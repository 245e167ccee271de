/** What the address of a booking or request says beside which one it is. */
export type ManageAddress = {
  /** Opens it without a login. */
  token: string | undefined
  /** The part of the page that is meant. */
  view: string | undefined
  /** Where the same stands as it should: set for an address of an old mail, whose query has the token. Without the path. */
  better: string | undefined
}

/** The fragment that opens a page. No browser sends it to any server, so neither a log nor a page that is gone to sees it. */
export const manageFragment = (token: string, view?: string): string =>
  `#${new URLSearchParams({ token, ...(view ? { view } : {}) })}`

/** A fragment of our mails is written like a query; that of old ones was the view alone. */
const readFragment = (hash: string): { token: string | undefined; view: string | undefined } => {
  const text = hash.replace(/^#/, '')
  if (text !== '' && !text.includes('=')) return { token: undefined, view: text }
  const said = new URLSearchParams(text)
  return { token: said.get('token') || undefined, view: said.get('view') || undefined }
}

/** @param search with its `?`, or empty. @param hash with its `#`, or empty. */
export const readManageAddress = ({ search, hash }: { search: string; hash: string }): ManageAddress => {
  const { token, view } = readFragment(hash)
  const query = new URLSearchParams(search)
  if (!query.has('token')) return { token, view, better: undefined }
  const found = token ?? (query.get('token') || undefined)
  query.delete('token')
  const rest = query.size > 0 ? `?${query}` : ''
  return { token: found, view, better: `${rest}${found === undefined ? '' : manageFragment(found, view)}` }
}
