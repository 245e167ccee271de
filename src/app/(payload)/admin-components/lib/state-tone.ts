export type Tone = 'good' | 'waiting' | 'bad' | 'over'

const tones: Readonly<Record<Exclude<Tone, 'over'>, readonly string[]>> = {
  good: [
    'scheduled',
    'in_progress',
    'completed',
    'succeeded',
    'processed',
    'sent',
    'booked',
    'connected',
    'approved',
  ].concat(['paid', 'active', 'available', 'published', 'won', 'finished', 'resolved', 'inquiry_closed']),
  waiting: [
    'pending',
    'pending_assignment',
    'pending_confirmation',
    'pending_payment',
    'requested',
    'processing',
  ].concat(
    ['authorized', 'queued', 'received', 'held', 'due', 'disputed', 'needs_reauth'],
    ['inquiry', 'needs_response', 'under_review', 'onboarding', 'running', 'open'],
  ),
  bad: ['failed', 'error', 'chargeback', 'no_show_user', 'no_show_consultant', 'suspended'].concat([
    'lost',
    'restricted',
    'disconnected',
  ]),
}

/** How a state looks at a glance: as it should be, waiting for somebody, gone wrong, or over. */
export const toneOf = (state: string): Tone => {
  for (const tone of ['good', 'waiting', 'bad'] as const) if (tones[tone].includes(state)) return tone
  return 'over'
}
