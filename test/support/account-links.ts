import type { StoredEmail } from '#sandbox/resend/sandbox-state'
import { linkIn } from './resend-sandbox'

type Queries = { query: <Row>(text: string, values: unknown[]) => Promise<{ rows: Row[] }> }

/** The token of the newest link of an address, which its mail would have. */
export const newestAccountToken = async (database: Queries, address: string): Promise<string> => {
  const { rows } = await database.query<{ id: string }>(
    'SELECT id FROM parley.account_links WHERE address = $1 ORDER BY created_at DESC, id DESC LIMIT 1',
    [address],
  )
  if (!rows[0]) throw new Error(`No link was asked for with ${address}.`)
  const { accountLinkToken } = await import('#accounts/links/account-link-token')
  return accountLinkToken(rows[0].id)
}

/** The page that a mail about a login leads to, and the token that stands behind it. */
export const accountLinkIn = (mail: StoredEmail | undefined): { page: string; token: string } => {
  const link = linkIn(mail, /\/account\//)
  return { page: link.pathname, token: new URLSearchParams(link.hash.slice(1)).get('token') ?? '' }
}
