import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'
import { preparedStatement } from '#database/prepared-statement'
import { readDb } from '#database/transactions'
import type { RecipientPreferences } from './channel'
import type { MessageAudience } from './message-kinds'
import { chooseSpokenLanguage } from './spoken-language'

/** Whom a message is recorded for. */
export type Recipient = {
  /** Of the customer, the consultant profile or the user. */
  id: string
  userId: string | null
  customerId: string | null
  name: string
  language: string | null
  timeZone: string | null
}

type ConsultantLanguages = { own: string | null; spoken: string[] }

const selectConsultant = preparedStatement<Omit<Recipient, 'language'> & ConsultantLanguages>(
  'consultant-recipient',
  `SELECT c.id, c.user_id AS "userId", NULL AS "customerId", c.name, c.availability_time_zone AS "timeZone", cu.language AS own,
    coalesce((SELECT json_agg(t.text ORDER BY t."order") FROM consultant_profiles_texts t
      WHERE t.parent_id = c.id AND t.path = 'languages'), '[]') AS spoken
  FROM consultant_profiles c LEFT JOIN customers cu ON cu.user_id = c.user_id
  WHERE c.id = $1`,
)

/**
 * A consultant in the language that they booked in themselves, if they ever did, otherwise the first that they say they speak.
 */
export const findConsultantRecipient = async (req: PayloadRequest, id: string): Promise<Recipient | undefined> => {
  const [row] = await selectConsultant(req, [id])
  if (!row) return undefined
  const { own, spoken, ...recipient } = row
  return { ...recipient, language: own ?? chooseSpokenLanguage(spoken) }
}

/** Everybody who looks after the platform; the administrators where nobody else does. */
export const listOperationsRecipients = async (req: PayloadRequest): Promise<Recipient[]> => {
  const db = await readDb(req)
  const { rows } = await db.execute(sql`
    WITH staff AS (
      SELECT u.id, u.name, bool_or(r.value = 'operations') AS "isOperations" FROM users u
      JOIN users_roles r ON r.parent_id = u.id AND r.value IN ('operations', 'admin')
      WHERE u.is_active IS NOT FALSE AND u._verified IS TRUE
      GROUP BY u.id
    )
    SELECT s.id, s.id AS "userId", NULL AS "customerId", s.name, cu.language, cu.time_zone AS "timeZone"
    FROM staff s LEFT JOIN customers cu ON cu.user_id = s.id
    WHERE s."isOperations" OR NOT EXISTS (SELECT FROM staff WHERE "isOperations")
    ORDER BY s.id`)
  return rows as Recipient[]
}

/** Where a recorded message goes now; the record behind it may be gone. */
export type AddressedRecipient = {
  name: string
  email: string | null
  /** false: deleted, or the login was deactivated. */
  isActive: boolean
  /** Whether the e-mail address is known to be theirs: by a login, or as a link of a mail to it was opened. */
  isConfirmed: boolean
  preferences: RecipientPreferences
}

const nobody: AddressedRecipient = { name: '', email: null, isActive: false, isConfirmed: false, preferences: {} }

const selectCustomerAddress = preparedStatement<AddressedRecipient>(
  'customer-address',
  `SELECT name, email, status <> 'deleted' AS "isActive",
    email_verified IS TRUE OR EXISTS (SELECT FROM users u WHERE u.id = user_id AND u.email = customers.email AND u._verified IS TRUE)
      AS "isConfirmed", json_build_object('emailNotifications',
    preferences_email_notifications, 'smsNotifications', preferences_sms_notifications,
    'remindersEnabled', preferences_reminders_enabled) AS preferences
  FROM customers WHERE id = $1`,
)
const selectUserAddress = preparedStatement<AddressedRecipient>(
  'user-address',
  `SELECT name, email, is_active IS NOT FALSE AS "isActive", true AS "isConfirmed", '{}'::json AS preferences FROM users WHERE id = $1`,
)

const findCustomerAddress = async (req: PayloadRequest, id: string | null): Promise<AddressedRecipient> =>
  (await selectCustomerAddress(req, [id]))[0] ?? nobody

const findUserAddress = async (req: PayloadRequest, id: string | null): Promise<AddressedRecipient> =>
  (await selectUserAddress(req, [id]))[0] ?? nobody

const selectConsultantAddress = preparedStatement<AddressedRecipient>(
  'consultant-address',
  `SELECT c.name, c.email, true AS "isActive", true AS "isConfirmed", '{}'::json AS preferences FROM consultant_profiles c
    WHERE c.id = coalesce((SELECT consultant_id FROM scheduled_sessions WHERE id = $1),
      (SELECT assigned_consultant_id FROM consultation_requests WHERE id = $2))`,
)

/** A consultant's login, whose address is verified, goes before what the profile says; some have no login. */
const findConsultantAddress = async (
  req: PayloadRequest,
  { sessionId, requestId }: { sessionId: string | null; requestId: string | null },
): Promise<AddressedRecipient> => (await selectConsultantAddress(req, [sessionId, requestId]))[0] ?? nobody

/** The name, the address and the wishes of whoever a message was recorded for, as they are now. */
export const findAddressedRecipient = (
  req: PayloadRequest,
  notification: {
    audience: MessageAudience
    recipientId: string | null
    customerId: string | null
    sessionId: string | null
    requestId: string | null
  },
): Promise<AddressedRecipient> => {
  const { audience, recipientId, customerId } = notification
  if (audience === 'customer') return findCustomerAddress(req, customerId)
  if (audience === 'consultant' && recipientId === null) return findConsultantAddress(req, notification)
  return findUserAddress(req, recipientId)
}
