import type { CollectionBeforeChangeHook, CollectionBeforeValidateHook, GlobalConfig } from 'payload'
import { lockRowVersion } from '#database/lock-row-queries'
import { DomainError } from '#shared/errors'
import { findFormDifferences, type FormDifference } from './find-form-differences'

type GlobalBeforeValidate = NonNullable<NonNullable<GlobalConfig['hooks']>['beforeValidate']>[number]

/** Their gates tell what was typed from what others have changed meanwhile, and take the one without the other. */
const withOwnGate: ReadonlySet<string> = new Set(['scheduled-sessions', 'consultation-requests'])

/** A message is read in one go. */
const mostNamed = 5

const refusal = (differences: readonly FormDifference[]): DomainError => {
  const named = differences
    .slice(0, mostNamed)
    .map(({ label, mine, theirs }) => `${label}: here ${mine}, there ${theirs}`)
  const more = differences.length > mostNamed ? [`and ${differences.length - mostNamed} more`] : []
  return new DomainError(
    'conflict',
    `Somebody has changed this since you opened it. ${[...named, ...more].join('; ')}. Load it again, and change what is still to be changed.`,
    { errors: differences.map(({ path, mine, theirs }) => ({ path, message: `here ${mine}, there ${theirs}` })) },
  )
}

const timeOf = (value: unknown): number => (typeof value === 'string' ? Date.parse(value) : Number.NaN)

/** By `updatedAt` a form says of which state it was made; whoever sends none wants just what they send. */
const isStale = (sent: unknown, stored: unknown): boolean =>
  !Number.isNaN(timeOf(sent)) && !Number.isNaN(timeOf(stored)) && timeOf(sent) !== timeOf(stored)

const updatedAtOf = (doc: unknown): unknown =>
  typeof doc === 'object' && doc !== null && 'updatedAt' in doc ? doc.updatedAt : undefined

/**
 * A form sends all of a record, so what somebody else has saved since it was opened would be undone without a word.
 * @throws DomainError `conflict` that names both versions of each field, as far as whoever sends it may read them.
 */
export const refuseStaleForm: CollectionBeforeValidateHook<{ id: string; updatedAt?: string }> = async ({
  collection: { flattenedFields, slug, versions },
  data,
  operation,
  originalDoc,
  req,
}) => {
  if (operation !== 'update' || req.payloadAPI === 'local' || withOwnGate.has(slug)) return data
  if (!originalDoc || !isStale(data?.updatedAt, originalDoc.updatedAt)) return data
  const stored = await req.payload.findByID({
    ...{ collection: slug, id: originalDoc.id, depth: 0, draft: Boolean(versions?.drafts), disableErrors: true },
    ...{ overrideAccess: false, user: req.user, req },
  })
  const differences = findFormDifferences(flattenedFields, { sent: data, stored })
  if (differences.length) throw refusal(differences)
  return data
}

/** Two forms that are sent at the same moment have both read the state before them: the second one meets the row of the first. */
export const refuseSimultaneousForm: CollectionBeforeChangeHook<{ id: string; updatedAt: string }> = async ({
  collection: { dbName, slug, versions },
  data,
  operation,
  originalDoc,
  req,
}) => {
  if (operation !== 'update' || req.payloadAPI === 'local' || withOwnGate.has(slug)) return
  // What is a draft alone stands in another row.
  if (!originalDoc || !req.transactionID || versions?.drafts || dbName !== undefined) return
  if (Number.isNaN(timeOf(data.updatedAt))) return
  const table = slug.replaceAll('-', '_')
  if ((await lockRowVersion(req, table, originalDoc.id)) === Date.parse(originalDoc.updatedAt)) return
  throw new DomainError('conflict', 'Somebody has changed this at the same moment. Load it again.')
}

/** The same for settings. */
export const refuseStaleSettings: GlobalBeforeValidate = async ({ data, global, originalDoc, req }) => {
  if (req.payloadAPI === 'local' || !isStale(updatedAtOf(data), updatedAtOf(originalDoc))) return data as unknown
  const stored = await req.payload.findGlobal({
    slug: global.slug,
    depth: 0,
    overrideAccess: false,
    user: req.user,
    req,
  })
  const differences = findFormDifferences(global.flattenedFields, { sent: data, stored })
  if (differences.length) throw refusal(differences)
  return data as unknown
}
