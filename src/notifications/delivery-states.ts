type DeliveryStateName = 'queued' | 'sent' | 'failed' | 'skipped'

/** Delivery of a message, a mail or a calendar event. A failure that is tried again stays `queued`, with the reason. */
export const deliveryStates = {
  queued: { label: 'Queued', terminal: false, to: ['sent', 'failed', 'skipped'] },
  sent: { label: 'Sent', terminal: true, to: [] },
  failed: { label: 'Failed', terminal: false, to: ['queued'] },
  skipped: { label: 'Skipped', terminal: true, to: [] },
} as const satisfies Record<DeliveryStateName, { label: string; terminal: boolean; to: readonly DeliveryStateName[] }>

export type DeliveryState = keyof typeof deliveryStates
