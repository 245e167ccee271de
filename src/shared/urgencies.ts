/** How soon somebody needs help. */
export const urgencies = { asap: 'As soon as possible', today: 'Today', this_week: 'This week' } as const

export type Urgency = keyof typeof urgencies

export const urgencyNames = Object.keys(urgencies) as [Urgency, ...Urgency[]]
