import { z } from 'zod'
import { invalid, Refusal } from '../refusal'

/** Sync tokens are good for so long. */
export const syncTokenLifetime = 28 * 86_400_000

const syncToken = z.strictObject({
  kind: z.literal('sync'),
  calendarId: z.string(),
  generation: z.int(),
  /** The number of the latest change that the client has. */
  change: z.int(),
  /** The parameters that have to stay as they were. */
  fixed: z.string(),
  /** Epoch ms. */
  madeAt: z.number(),
})

const pageToken = z.strictObject({
  kind: z.literal('page'),
  calendarId: z.string(),
  /** All parameters but the page. */
  fixed: z.string(),
  /** Where the last entry of the page before stands. */
  after: z.array(z.union([z.number(), z.string()])),
  /** The number of the latest change when the first page was asked for. */
  change: z.int(),
})

export type SyncToken = z.infer<typeof syncToken>
export type PageToken = z.infer<typeof pageToken>

export const writeToken = (token: SyncToken | PageToken): string =>
  Buffer.from(JSON.stringify(token)).toString('base64url')

const read = <Token>(schema: z.ZodType<Token>, text: string): Token | undefined => {
  try {
    return schema.safeParse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))).data
  } catch {
    return undefined
  }
}

export const fullSyncRequired = (): Refusal =>
  new Refusal({
    status: 410,
    domain: 'calendar',
    reason: 'fullSyncRequired',
    message: 'Sync token is no longer valid, a full sync is required.',
    location: 'syncToken',
    locationType: 'parameter',
  })

/** @throws Refusal 410 for a token that is none, old, of an earlier generation, or was given for other parameters. */
export const readSyncToken = (
  text: string,
  expected: { calendarId: string; generation: number; fixed: string; now: number },
): SyncToken => {
  const token = read(syncToken, text)
  if (
    token?.calendarId !== expected.calendarId ||
    token.generation !== expected.generation ||
    token.fixed !== expected.fixed ||
    token.madeAt + syncTokenLifetime < expected.now
  ) {
    throw fullSyncRequired()
  }
  return token
}

/** @throws Refusal 400 for a token that is none, or was given for other parameters. */
export const readPageToken = (text: string, expected: { calendarId: string; fixed: string }): PageToken => {
  const token = read(pageToken, text)
  if (token?.calendarId !== expected.calendarId || token.fixed !== expected.fixed) {
    throw invalid('Invalid page token value.', { location: 'pageToken', locationType: 'parameter' })
  }
  return token
}
