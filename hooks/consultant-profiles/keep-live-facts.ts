import type { CollectionBeforeChangeHook } from 'payload'
import { lockLiveFacts } from '#directory/profile-queries'
import { noteWhetherShown } from './announce-publication'

const maybeNumber = (value: string | null) => (value === null ? null : Number(value))

/**
 * What our own SQL writes into the live row comes from the live row. Payload starts an update from the latest version, which
 * may be an old draft: publishing it would bring back old statistics, or a calendar feed's token that was changed since.
 *
 * The rules' version is raised by every save, so that what other processes remember of the rules is recognised as old. The
 * row is locked: a schedule that is saved at the same time raises it as well.
 */
export const keepLiveFacts: CollectionBeforeChangeHook = async ({ data, operation, originalDoc, req }) => {
  if (operation === 'create') return { ...data, rulesVersion: 1 }
  const live = originalDoc ? await lockLiveFacts(req, String(originalDoc.id)) : undefined
  if (!live) return data
  noteWhetherShown(req, String(originalDoc?.id), live.isShown)
  const { stripeAccountId, payoutsEnabled, detailsSubmitted, disabledReason } = live
  return {
    ...data,
    rulesVersion: Number(live.rulesVersion ?? 0) + 1,
    feedTokenHash: live.feedTokenHash,
    statistics: {
      totalBookings: maybeNumber(live.totalBookings),
      totalEarnings: live.totalEarnings,
      averageRating: maybeNumber(live.averageRating),
      reviewCount: maybeNumber(live.reviewCount),
      responseTimeHours: maybeNumber(live.responseTimeHours),
    },
    // Our own code may set these by an update; a person's save only carries them along.
    ...(req.user
      ? {
          paymentSettings: {
            ...data.paymentSettings,
            stripeAccountId,
            payoutsEnabled,
            detailsSubmitted,
            disabledReason,
          },
        }
      : {}),
  }
}
