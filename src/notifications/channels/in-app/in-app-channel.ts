import { defineChannel } from '../../channel'

/** What stands in `notifications` is what the app shows: a message is delivered by being stored. */
export const inAppChannel = defineChannel({
  label: { en: 'In the app', de: 'In der App' },
  addressOf: ({ customerId, userId }) => customerId ?? userId,
  compose: () => null,
  send: () => Promise.resolve({ status: 'sent', providerMessageId: null }),
})
