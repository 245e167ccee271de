import { type PostgresAdapter, sql } from '@payloadcms/db-postgres'
import type { DatabaseAdapter, Payload, PayloadRequest } from 'payload'
import { DomainError } from '#shared/errors'
import { roughNetworkOf } from '#shared/network-address'
import { poolDb, readDb } from './transactions'
import { addWaitingLogin, endWaitingLogins, findWait } from './waiting-logins'

/**
 * Keeps logins of one account from ending each other. A login, a logout and a refresh of Payload read the account with its list of sessions,
 * and write both back whole: of ten logins at once one session was left, a logout brought back what another had ended, and a login beside a
 * change of name took the change back. Here each of them writes what it has changed of the list, row by row, and nothing else.
 *
 * A login that lacks a second factor gets no session: it is written down as a waiting one. So it is nobody wherever Payload looks for sessions.
 */
export const ownLoginSessions = <T extends object>(adapterObject: T): T => {
  const original = adapterObject as unknown as { init: (args: { payload: Payload }) => PostgresAdapter }
  const init: typeof original.init = (args) => {
    const adapter = original.init(args)
    const standard = {
      find: adapter.find.bind(adapter),
      findOne: adapter.findOne.bind(adapter),
      updateOne: adapter.updateOne.bind(adapter),
    }
    const tableOf = (collection: string): string | undefined =>
      Object.values(adapter.payload.collections).some(
        ({ config }) => config.slug === collection && config.auth?.useSessions,
      )
        ? adapter.tableNameMap.get(collection.replaceAll('-', '_'))
        : undefined
    const find: DatabaseAdapter['find'] = async (read) => {
      const page = await standard.find(read)
      if (tableOf(read.collection) !== undefined) for (const doc of page.docs) noteRead(read.req, doc)
      return page as never
    }
    const findOne: DatabaseAdapter['findOne'] = async (read) => {
      const doc = await standard.findOne(read)
      if (doc && tableOf(read.collection) !== undefined) noteRead(read.req, doc)
      return doc as never
    }
    const updateOne: DatabaseAdapter['updateOne'] = async (update) => {
      const table = tableOf(update.collection)
      const { sessions, ...rest } = update.data
      if (table === undefined || update.id === undefined || !isSessions(sessions)) return standard.updateOne(update)
      const account: Account = { payload: adapter.payload, req: update.req, table, id: String(update.id) }
      // So Payload marks a write that is about sessions alone.
      if (rest.updatedAt === null) {
        await writeChanges(account, sessions)
        return null
      }
      const read = readBy(update.req, account.id)
      // A list that is empty now, a new password, and (without a request) the lock after too many wrong ones are meant to end sessions.
      const endsSome = !read || (!sessions.length && read.sessions.size) || isNewPassword(read, rest.hash)
      if (endsSome) await removeOthers(account, sessions)
      const doc: unknown = await standard.updateOne({ ...update, data: { ...rest, sessions: addNothing } })
      noteRead(update.req, doc)
      return doc
    }
    return Object.assign(adapter, { find, findOne, updateOne })
  }
  return { ...adapterObject, init }
}

type Session = { id: string; createdAt: string | Date; expiresAt: string | Date }
type Account = { payload: Payload; req: Partial<PayloadRequest> | undefined; table: string; id: string }
/** What a request has read of an account last. */
type Read = { sessions: ReadonlySet<string>; hash: unknown }

const isSessions = (value: unknown): value is Session[] =>
  Array.isArray(value) && value.every((one) => typeof one === 'object' && one !== null && 'expiresAt' in one)

const reads = new WeakMap<object, Map<string, Read>>()
/** Sessions as they came from the database, by the object that was handed out, and until when each was good. */
const stored = new WeakMap<Session, unknown>()

const noteRead = (req: Partial<PayloadRequest> | undefined, doc: unknown): void => {
  if (typeof doc !== 'object' || doc === null || !('sessions' in doc) || !('id' in doc)) return
  const sessions = isSessions(doc.sessions) ? doc.sessions : []
  for (const session of sessions) stored.set(session, session.expiresAt)
  if (!req) return
  const read = { sessions: new Set(sessions.map(({ id }) => id)), hash: 'hash' in doc ? doc.hash : undefined }
  reads.set(req, (reads.get(req) ?? new Map<string, Read>()).set(String(doc.id), read))
}

const readBy = (req: Partial<PayloadRequest> | undefined, id: string): Read | undefined =>
  req && reads.get(req)?.get(id)

const isNewPassword = (read: Read, hash: unknown): boolean => hash !== undefined && hash !== read.hash

/** The adapter takes a list that is missing for an empty one. */
const addNothing = { $push: [] }

const connectionOf = ({ payload, req }: Account) =>
  // What opens transactions has nothing but these of a request.
  req ? readDb({ payload, transactionID: req.transactionID } as PayloadRequest) : poolDb(payload)

const tablesOf = ({ table }: Account) => ({
  accounts: sql.identifier(table),
  sessions: sql.identifier(`${table}_sessions`),
})

const writeChanges = async (account: Account, sessions: Session[]): Promise<void> => {
  const read = readBy(account.req, account.id)
  const kept = new Set(sessions.map(({ id }) => id))
  if (read)
    await remove(
      account,
      [...read.sessions].filter((id) => !kept.has(id)),
    )
  else await removeOthers(account, sessions)
  for (const session of sessions) {
    if (!stored.has(session)) await add(account, session, read)
    else if (stored.get(session) !== session.expiresAt) await prolong(account, session)
  }
  // Whoever writes again with this request, as to take back what it has added, has read this.
  if (read && account.req) noteRead(account.req, { id: account.id, sessions, hash: read.hash })
}

const remove = async (account: Account, ids: string[]): Promise<void> => {
  const tables = tablesOf(account)
  const db = await connectionOf(account)
  await db.execute(sql`
    DELETE FROM ${tables.sessions} WHERE _parent_id = ${account.id}
    AND (id = ANY(${sql.param(ids)}::text[]) OR expires_at < now())`)
}

/** What is added at the same time is there when the row of the account is free, or is added after it is changed. */
const removeOthers = async (account: Account, sessions: Session[]): Promise<void> => {
  const ids = sessions.map(({ id }) => id)
  const db = await connectionOf(account)
  await db.execute(sql`SELECT FROM ${tablesOf(account).accounts} WHERE id = ${account.id} FOR NO KEY UPDATE`)
  await db.execute(sql`
    DELETE FROM ${tablesOf(account).sessions} WHERE _parent_id = ${account.id} AND id <> ALL(${sql.param(ids)}::text[])`)
  if (hasSecondFactors(account)) await endWaitingLogins(db, account.id)
}

/** An extension may bring logins of its own, which have none. */
const hasSecondFactors = ({ table }: Account): boolean => table === 'users'

/** Only while the password is the one that was checked: the row of the account is locked, so a change of it is before or after. */
const add = async (account: Account, session: Session, read: Read | undefined): Promise<void> => {
  const tables = tablesOf(account)
  const db = await connectionOf(account)
  const { userAgent, network } = originOf(account.req)
  const waitsFor = hasSecondFactors(account) ? await findWait(db, account.id) : undefined
  if (waitsFor !== undefined) {
    const hash = typeof read?.hash === 'string' ? read.hash : undefined
    return addWaitingLogin(db, account.req, { userId: account.id, waitsFor, hash, userAgent, network })
  }
  const samePassword = typeof read?.hash === 'string' ? sql`AND hash = ${read.hash}` : sql``
  const { rowCount } = await db.execute(sql`
    INSERT INTO ${tables.sessions} (_order, _parent_id, id, created_at, expires_at, user_agent, network)
    SELECT 1 + coalesce((SELECT max(_order) FROM ${tables.sessions} WHERE _parent_id = account.id), 0), account.id,
      ${session.id}, ${iso(session.createdAt)}, ${iso(session.expiresAt)}, ${userAgent}, ${network}
    FROM ${tables.accounts} account WHERE account.id = ${account.id} ${samePassword} FOR NO KEY UPDATE OF account`)
  if (!rowCount) throw new DomainError('conflict', 'The password was changed meanwhile. Log in again.')
}

const longestUserAgent = 400

/** What its owner tells a session by. It stands in the row of the session, which Payload does not know of, and goes with it. */
const originOf = (req: Account['req']): { userAgent: string | null; network: string | null } => ({
  userAgent: req?.headers?.get('user-agent')?.slice(0, longestUserAgent) ?? null,
  network: roughNetworkOf(req?.headers?.get('x-forwarded-for') ?? '') ?? null,
})

/** A session from before a second factor was demanded ends when it would have ended; the next one has it. */
const prolong = async (account: Account, session: Session): Promise<void> => {
  const db = await connectionOf(account)
  const isHalf = hasSecondFactors(account) && (await findWait(db, account.id)) !== undefined
  const { rowCount } = await db.execute(sql`
    UPDATE ${tablesOf(account).sessions} SET expires_at = ${iso(session.expiresAt)}
    WHERE _parent_id = ${account.id} AND id = ${session.id} ${isHalf ? sql`AND second_factor_at IS NOT NULL` : sql``}`)
  if (isHalf && !rowCount) {
    throw new DomainError('second_factor_required', 'A second factor is demanded now. Log in again to go on.')
  }
}

const iso = (at: string | Date): string => new Date(at).toISOString()
