import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'
import { preparedStatement } from '#database/prepared-statement'
import { txDb } from '#database/transactions'
import { attributeDefinitions } from '#attributes/attribute-definitions'
import { viewerOfRole } from '#attributes/decide-attribute-access'
import { decideAttributes } from '#attributes/decide-attributes'
import type { Actor } from '#shared/actor'
import { DomainError } from '#shared/errors'
import { createId } from '#shared/ids'

export type CustomerInput = {
  name: string
  email: string
  timeZone: string
  phone?: string | undefined
  language?: string | undefined
  /** By key, as operations have defined them. */
  attributes?: Readonly<Record<string, unknown>> | undefined
}

type CustomerRow = {
  id: string
  user_id: string | null
  status: string
  language: string | null
  attributes: unknown
  email_verified: boolean | null
  /** Made just now. */
  isNew?: boolean
}

const suspended = () => new DomainError('forbidden', 'Booking is not possible at the moment. Please contact us.')

/**
 * A customer whom somebody else books for, with what they have said about themselves. Locked against being suspended meanwhile.
 * @throws DomainError `not_found`; `forbidden` for one whom operations have suspended.
 */
export const requireActiveCustomer = async (
  req: PayloadRequest,
  id: string,
): Promise<{ id: string; email: string; timeZone: string | null; language: string | null }> => {
  const db = await txDb(req)
  const { rows } = await db.execute(sql`
    SELECT id, email, status, time_zone AS "timeZone", language FROM customers WHERE id = ${id} FOR SHARE`)
  const [row] = rows as {
    id: string
    email: string
    status: string
    timeZone: string | null
    language: string | null
  }[]
  if (!row) {
    const message = 'There is no such customer.'
    throw new DomainError('not_found', message, { errors: [{ path: 'customer', message }] })
  }
  if (row.status !== 'active') {
    const message = 'This customer is suspended or deleted: nothing can be booked for them.'
    throw new DomainError('forbidden', message, { errors: [{ path: 'customer', message }] })
  }
  return row
}

/** The record of somebody who is logged in; what they type in a form does not make them somebody else. */
const findOwnCustomer = async (req: PayloadRequest, actor: Actor): Promise<CustomerRow | undefined> => {
  if (actor.role !== 'customer' || actor.id === null) return undefined
  const db = await txDb(req)
  const { rows } = await db.execute(
    sql`SELECT id, user_id, status, language, attributes, email_verified FROM customers WHERE user_id = ${actor.id} FOR UPDATE`,
  )
  return rows[0] as CustomerRow | undefined
}

/** Staff know whom they book for: of a customer who is there nothing is asked again that they have said. */
const findKnownCustomer = async (req: PayloadRequest, email: string): Promise<CustomerRow | undefined> => {
  const db = await txDb(req)
  const { rows } = await db.execute(
    sql`SELECT id, user_id, status, language, attributes, email_verified FROM customers WHERE email = ${email} FOR UPDATE`,
  )
  return rows[0] as CustomerRow | undefined
}

/**
 * The customer with that e-mail address (lower case), made if there is none. What is known of an existing one is not
 * overwritten: anybody can type somebody else's address, and the answer does not tell whether it was known.
 * @param actor who books; a login counts for more than the address.
 * @param options.isAskedAll everything that is required of a customer was asked.
 * @returns `language`: what is known of it; `isLogin`: it is their own record, by their login; not because they typed its address;
 * `isConfirmed`: mails to its address have arrived.
 * @throws DomainError `forbidden` for a customer whom operations have suspended; `invalid_request` for attributes that do not fit.
 */
export const findOrCreateCustomer = async (
  req: PayloadRequest,
  input: CustomerInput,
  actor: Actor,
  { isAskedAll = false }: { isAskedAll?: boolean } = {},
): Promise<{ id: string; userId: string | null; language: string | null; isLogin: boolean; isConfirmed: boolean }> => {
  const definitions = await attributeDefinitions(req, 'customers')
  const viewer = viewerOfRole(actor.role)
  const asked = { definitions, sent: input.attributes, viewer }
  const own = await findOwnCustomer(req, actor)
  const known = own ?? (viewer === 'staff' ? await findKnownCustomer(req, input.email) : undefined)
  const row =
    known ??
    (await upsertByEmail(
      req,
      input,
      decideInput({ ...asked, stored: null, isComplete: isAskedAll && actor.role !== 'system' }),
    ))
  if (row.status !== 'active') throw suspended()
  // Anybody can type somebody else's address; what they say of them is checked, and goes no further.
  if (known || (viewer === 'staff' && row.isNew === false)) {
    await storeAttributes(req, row.id, decideInput({ ...asked, stored: row.attributes, isComplete: false }))
  }
  return {
    id: row.id,
    userId: row.user_id,
    language: row.language,
    isLogin: own !== undefined,
    isConfirmed: row.email_verified === true,
  }
}

/** What came in is a part of a larger body, and its faults are named by where they stand in that. */
const decideInput: typeof decideAttributes = (write) => {
  try {
    return decideAttributes(write)
  } catch (error) {
    if (!(error instanceof DomainError) || !error.errors) throw error
    const errors = error.errors.map(({ path, message }) => ({ path: `customer.${path}`, message }))
    throw new DomainError(error.code, `customer.${error.message}`, { errors })
  }
}

// The update that changes nothing makes RETURNING answer for an existing row as well, and locks it.
const upsertCustomer = preparedStatement<CustomerRow>(
  'upsert-customer',
  `INSERT INTO customers (id, email, name, phone, time_zone, language, attributes, status, email_verified, updated_at, created_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, 'active', false, now(), now())
  ON CONFLICT (email) DO UPDATE SET email = excluded.email
  RETURNING id, user_id, status, language, attributes, email_verified, id = $1 AS "isNew"`,
)

const upsertByEmail = async (
  req: PayloadRequest,
  input: CustomerInput,
  attributes: Record<string, unknown> | undefined,
): Promise<CustomerRow> => {
  await txDb(req)
  const { email, name, phone, timeZone, language } = input
  const [row] = await upsertCustomer(req, [
    createId(),
    email,
    name,
    phone ?? null,
    timeZone,
    language ?? 'en',
    attributes === undefined ? null : JSON.stringify(attributes),
  ])
  if (!row) throw new Error('The customer was not stored.')
  return row
}

const storeAttributes = async (
  req: PayloadRequest,
  id: string,
  attributes: Record<string, unknown> | undefined,
): Promise<void> => {
  if (attributes === undefined) return
  const db = await txDb(req)
  await db.execute(
    sql`UPDATE customers SET attributes = ${JSON.stringify(attributes)}::jsonb, updated_at = now() WHERE id = ${id}`,
  )
}

/** Whoever reads the mails to a customer's address has shown it. An address that was changed since is not meant. */
export const storeConfirmedEmail = async (
  req: PayloadRequest,
  { id, email }: { id: string; email: string },
): Promise<void> => {
  const db = await txDb(req)
  await db.execute(sql`
    UPDATE customers SET email_verified = true
    WHERE id = ${id} AND email = ${email} AND email_verified IS NOT TRUE`)
}
