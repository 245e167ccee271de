import type { PayloadRequest } from 'payload'
import { listMessageOverrides } from '#notifications/notification-queries'
import { recordMessage } from '#notifications/record-message'
import { findConsultantRecipient, listOperationsRecipients } from '#notifications/recipient-queries'
import { calendarProviders } from '../calendar-providers'
import type { ConnectionRow } from './connection-queries'
import { inEnglish } from '#shared/words'

type Trouble = 'calendar_needs_reauth' | 'calendar_stale'

/**
 * Tells whom it concerns that a calendar cannot be used, in the open transaction: the consultant, and operations where it may be more than
 * one person's business. `occasion` tells one trouble from the next.
 */
export const tellAboutCalendar = async (
  req: PayloadRequest,
  connection: Pick<ConnectionRow, 'id' | 'consultantId' | 'provider' | 'accountEmail'>,
  kind: Trouble,
  occasion: string,
): Promise<void> => {
  const now = Date.now()
  const templates = await listMessageOverrides(req)
  const { label } = calendarProviders.row(connection.provider)
  const data = { calendar: { provider: inEnglish(label), account: connection.accountEmail } }
  const consultant = await findConsultantRecipient(req, connection.consultantId)
  const told = { occasion: `${connection.id}/${occasion}`, data }
  if (consultant) {
    await recordMessage(req, {
      message: { kind, audience: 'consultant', ...told },
      recipient: consultant,
      templates,
      now,
    })
  }
  if (kind !== 'calendar_stale') return
  for (const recipient of await listOperationsRecipients(req)) {
    await recordMessage(req, { message: { kind, audience: 'operations', ...told }, recipient, templates, now })
  }
}
