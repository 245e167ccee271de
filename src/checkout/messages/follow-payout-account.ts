import type { PayloadRequest } from 'payload'
import { followErrand } from '#outbox/follow-errand'
import { lockPayoutAccount } from '#payments/account/payout-account-queries'
import { payoutAccountStates } from '#payments/account/payout-account-states'
import type { MessageAudience } from '#notifications/message-kinds'
import { listMessageOverrides } from '#notifications/notification-queries'
import { type PlannedMessage, recordMessage } from '#notifications/record-message'
import { findConsultantRecipient, listOperationsRecipients, type Recipient } from '#notifications/recipient-queries'

const listRecipients = async (
  req: PayloadRequest,
  consultant: Recipient,
  audience: MessageAudience,
): Promise<Recipient[]> => (audience === 'operations' ? listOperationsRecipients(req) : [consultant])

/**
 * Tells a consultant, and operations where they may have to help, that the account for payouts needs something or can be paid
 * now; once each time. News that are not true any more when this runs are not told.
 */
export const followPayoutAccount = followErrand<'follow-payout-account'>(
  async (req, { payoutAccountId, news, occasion }) => {
    const account = await lockPayoutAccount(req, payoutAccountId)
    const consultant = account && (await findConsultantRecipient(req, account.consultantId))
    if (!account || !consultant) return
    const { isPayable } = payoutAccountStates[account.status]
    const { deadline } = account
    const payoutAccount = { id: account.id, consultantName: consultant.name }
    const messages: PlannedMessage[] = []
    if (news === 'can_be_paid' && isPayable) {
      messages.push({ kind: 'payout_account_ready', audience: 'consultant', data: { payoutAccount }, occasion })
    }
    if (news === 'needs_details' && (!isPayable || deadline !== null)) {
      const data = { payoutAccount: { ...payoutAccount, isPayable }, deadline }
      for (const audience of ['consultant', 'operations'] as const) {
        messages.push({ kind: 'payout_account_needs_details', audience, data, occasion })
      }
    }
    const templates = await listMessageOverrides(req)
    const now = Date.now()
    for (const message of messages) {
      for (const recipient of await listRecipients(req, consultant, message.audience)) {
        await recordMessage(req, { message, recipient, templates, now })
      }
    }
  },
)
