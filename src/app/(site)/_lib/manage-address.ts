/** What the address of a booking or request says beside which one it is. */
export type ManageAddress = {
  /** Opens it without a login. */
  token: string | undefined
  /** The part of the page that is meant. */
  view: string | undefined
  /** Shows that the mail with this link has arrived. */
  mail: string | undefined
  /** Where the same stands as it should: set for one of a mail, whose proof is good once, or of an old mail, whose query has the token. Without the path. */
  better: string | undefined
}

/** The fragment that opens a page. No browser sends it to any server, so neither a log nor a page that is gone to sees it. */
export const manageFragment = (token: string, view?: string): string =>
  `#${new URLSearchParams({ token, ...(view ? { view } : {}) })}`

type Said = Omit<ManageAddress, 'better'>

/** A fragment of our mails is written like a query; that of old ones was the view alone. */
const readFragment = (hash: string): Said => {
  const text = hash.replace(/^#/, '')
  if (text !== '' && !text.includes('=')) return { token: undefined, view: text, mail: undefined }
  const said = new URLSearchParams(text)
  const [token, view, mail] = ['token', 'view', 'mail'].map((name) => said.get(name) || undefined)
  return { token, view, mail }
}

/** @param search with its `?`, or empty. @param hash with its `#`, or empty. */
export const readManageAddress = ({ search, hash }: { search: string; hash: string }): ManageAddress => {
  const said = readFragment(hash)
  const query = new URLSearchParams(search)
  if (!query.has('token') && said.mail === undefined) return { ...said, better: undefined }
  const token = said.token ?? (query.get('token') || undefined)
  query.delete('token')
  const rest = query.size > 0 ? `?${query}` : ''
  return { ...said, token, better: `${rest}${token === undefined ? '' : manageFragment(token, said.view)}` }
}
