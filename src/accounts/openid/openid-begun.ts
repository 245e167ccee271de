import { z } from 'zod'
import { settings } from '#settings'
import { decryptText, encryptText } from '#shared/encryption'

const begun = z.strictObject({
  provider: z.string(),
  state: z.string(),
  nonce: z.string(),
  codeVerifier: z.string(),
  /** Where to go on; undefined: where people of their kind usually go. */
  returnTo: z.string().optional(),
  /** They are logged in, and want to log in with the provider from now on. Without: they want to log in. */
  link: z.strictObject({ userId: z.string(), sessionId: z.string() }).optional(),
  /** The provider is to ask them again who they are, however long they have been logged in there. */
  isAnew: z.literal(true).optional(),
  /** Whose login the browser has, which the new one takes the place of. */
  before: z.strictObject({ userId: z.string(), sessionId: z.string() }).optional(),
  /** Epoch milliseconds. */
  endsAt: z.number(),
})

/** A sign-in that was begun in a browser. It is kept there, sealed, and nowhere else. */
export type OpenidBegun = z.output<typeof begun>

/** How long somebody may take at the provider's pages, in seconds. */
export const openidSeconds = 600

/** When it was begun, in epoch milliseconds. */
export const openidBegunAt = ({ endsAt }: Pick<OpenidBegun, 'endsAt'>): number => endsAt - openidSeconds * 1_000

const context = 'openid-begun'

/** What the browser keeps of it. */
export const sealOpenidBegun = (what: OpenidBegun): string =>
  encryptText(JSON.stringify(what), settings.encryptionKeys, context)

/** @returns undefined for what was not sealed here, was changed, or is over. */
export const openOpenidBegun = (sealed: string | undefined, now: number): OpenidBegun | undefined => {
  if (!sealed) return undefined
  let text: string
  try {
    text = decryptText(sealed, settings.encryptionKeys, context)
  } catch {
    return undefined
  }
  const { data } = begun.safeParse(JSON.parse(text))
  return data && data.endsAt > now ? data : undefined
}
