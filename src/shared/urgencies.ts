/** How soon somebody needs help. */
export const urgencies = {
  asap: { en: 'As soon as possible', de: 'So bald wie möglich' },
  today: { en: 'Today', de: 'Heute' },
  this_week: { en: 'This week', de: 'Diese Woche' },
} as const

export type Urgency = keyof typeof urgencies

export const urgencyNames = Object.keys(urgencies) as [Urgency, ...Urgency[]]
