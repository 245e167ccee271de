import type {
  CollectionBeforeChangeHook,
  CollectionBeforeOperationHook,
  CollectionBeforeValidateHook,
  FlattenedField,
  GlobalConfig,
  PayloadRequest,
} from 'payload'
import { lockName, lockRowVersion } from '#database/lock-row-queries'
import { DomainError } from '#shared/errors'
import { findFormDifferences, type FormDifference } from './find-form-differences'

type GlobalHooks = NonNullable<GlobalConfig['hooks']>
type GlobalBeforeValidate = NonNullable<GlobalHooks['beforeValidate']>[number]
type GlobalBeforeOperation = NonNullable<GlobalHooks['beforeOperation']>[number]

/**
 * Gates of their own tell what was typed from what others have changed meanwhile; and where a provider writes at any time, somebody who types a note
 * would be told of changes that nobody has made.
 */
const exempt: ReadonlySet<string> = new Set([
  ...['scheduled-sessions', 'consultation-requests'],
  ...['payments', 'refunds', 'disputes', 'transfers', 'payout-accounts', 'reconciliation-findings'],
])

/** What is put back to an earlier version says so by itself. */
const isExempt = (slug: string, req: PayloadRequest): boolean =>
  req.payloadAPI === 'local' || exempt.has(slug) || req.context.isRestoringVersion === true

/** A message is read in one go. */
const mostNamed = 5

const said: Record<'en' | 'de', (mine: string, theirs: string) => string> = {
  en: (mine, theirs) => `yours ${mine}, stored ${theirs}`,
  de: (mine, theirs) => `bei Ihnen ${mine}, gespeichert ${theirs}`,
}

const whole: Record<'en' | 'de', (named: readonly string[], more: number) => string> = {
  en: (named, more) =>
    `This was saved elsewhere since you opened it. ${[...named, ...(more ? [`and ${more} more`] : [])].join('; ')}. Load it again, and change what is still to be changed.`,
  de: (named, more) =>
    `Dies wurde anderswo gespeichert, seit Sie es geöffnet haben. ${[...named, ...(more ? [`und ${more} weitere`] : [])].join('; ')}. Laden Sie es neu und ändern Sie, was noch zu ändern ist.`,
}

const messageOf = (differences: readonly FormDifference[], language: 'en' | 'de'): string => {
  const named = differences
    .slice(0, mostNamed)
    .map(({ label, mine, theirs }) => `${label}: ${said[language](mine, theirs)}`)
  return whole[language](named, differences.length - named.length)
}

/** @param read in the language of whoever sent the form; programs read English. */
const refusal = (english: readonly FormDifference[], read: readonly FormDifference[], isGerman: boolean): DomainError =>
  new DomainError('conflict', messageOf(english, 'en'), {
    ...(isGerman ? { german: messageOf(read, 'de') } : {}),
    errors: english.map(({ path, mine, theirs }) => ({ path, message: said.en(mine, theirs) })),
  })

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
  if (operation !== 'update' || isExempt(slug, req)) return data
  if (!originalDoc || !isStale(data?.updatedAt, originalDoc.updatedAt)) return data
  const readable = () =>
    req.payload.findByID({
      ...{ collection: slug, id: originalDoc.id, depth: 0, draft: Boolean(versions?.drafts), disableErrors: true },
      ...{ overrideAccess: false, user: req.user, req },
    })
  await refuseDifferences(flattenedFields, { sent: data, stored: originalDoc, readable, i18n: req.i18n })
  return data
}

type Compared = { sent: unknown; stored: unknown; readable: () => Promise<unknown>; i18n: PayloadRequest['i18n'] }

/** By the whole record, as Payload fills up what somebody may not read; told is what they may. */
const refuseDifferences = async (
  fields: readonly FlattenedField[],
  { sent, stored, readable, i18n }: Compared,
): Promise<void> => {
  const all = new Set(findFormDifferences(fields, { sent, stored, i18n }).map(({ path }) => path))
  if (!all.size) return
  const read = await readable()
  const toldIn = (reader: PayloadRequest['i18n']) =>
    findFormDifferences(fields, { sent, stored: read, i18n: reader }).filter(({ path }) => all.has(path))
  const english = toldIn({ ...i18n, language: 'en' })
  if (english.length) throw refusal(english, toldIn(i18n), i18n.language === 'de')
}

const markOf = (slug: string): string => `sent as a form: ${slug}`

/** Before Payload fills up what was left out: whether it was said of which state what is written was made. */
export const noteForm: CollectionBeforeOperationHook = ({ args, collection: { slug }, operation, req }) => {
  if (operation === 'update' && 'data' in args && !Number.isNaN(timeOf(updatedAtOf(args.data))))
    req.context[markOf(slug)] = true
  return args
}

/** Two forms that are sent at the same moment have both read the state before them: the second one meets the row of the first. */
export const refuseSimultaneousForm: CollectionBeforeChangeHook<{ id: string; updatedAt: string }> = async ({
  collection: { dbName, slug, versions },
  operation,
  originalDoc,
  req,
}) => {
  if (operation !== 'update' || isExempt(slug, req)) return
  // What is a draft alone stands in another row.
  if (!originalDoc || !req.transactionID || versions?.drafts || dbName !== undefined) return
  if (req.context[markOf(slug)] !== true) return
  const table = slug.replaceAll('-', '_')
  if ((await lockRowVersion(req, table, originalDoc.id)) === Date.parse(originalDoc.updatedAt)) return
  throw new DomainError('conflict', 'This was saved elsewhere at the same moment. Load it again.', {
    german: 'Dies wurde im selben Moment anderswo gespeichert. Laden Sie es neu.',
  })
}

/** The same for settings. */
export const refuseStaleSettings: GlobalBeforeValidate = async ({ data, global, originalDoc, req }) => {
  if (req.payloadAPI === 'local' || !isStale(updatedAtOf(data), updatedAtOf(originalDoc))) return data as unknown
  const readable = () =>
    req.payload.findGlobal({ slug: global.slug, depth: 0, overrideAccess: false, user: req.user, req })
  await refuseDifferences(global.flattenedFields, { sent: data, stored: originalDoc, readable, i18n: req.i18n })
  return data as unknown
}

/** Settings are one row, which Payload reads before it is written: whoever saves waits for whoever is saving. */
export const lockSettings: GlobalBeforeOperation = async ({ args, global, operation, req }) => {
  if (operation === 'update' && req.transactionID) await lockName(req, `settings:${global.slug}`)
  return args as unknown
}
