import type { Payload } from 'payload'
import { withTransaction } from '#database/transactions'
import { listMessageOverrides } from '#notifications/notification-queries'
import { recordMessage } from '#notifications/record-message'
import { listOperationsRecipients } from '#notifications/recipient-queries'
import { countOpenFindings } from '#payments/reconciliation/reconciliation-queries'

/** Tells operations in how much the books and Stripe differ, once a night however often the run was taken up again. */
export const tellOperations = async (payload: Payload, until: number): Promise<void> =>
  withTransaction(payload, async (req) => {
    const open = await countOpenFindings(req)
    if (open === 0) return
    const now = Date.now()
    const templates = await listMessageOverrides(req)
    for (const recipient of await listOperationsRecipients(req)) {
      await recordMessage(req, {
        message: {
          kind: 'books_differ',
          audience: 'operations',
          data: { findings: open },
          occasion: new Date(until).toISOString().slice(0, 10),
        },
        recipient,
        templates,
        now,
      })
    }
  })
