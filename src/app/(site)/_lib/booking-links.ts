import type { TimeChoice } from './hold-store'

/** The page of the booking form for one time. */
export const bookHref = ({ consultant, serviceType, start, durationMinutes }: TimeChoice): string => {
  const search = new URLSearchParams({ serviceType, start, duration: String(durationMinutes) })
  return `/experts/${encodeURIComponent(consultant)}/book?${search}`
}

/** The expert's page with a service, a duration and perhaps a date chosen. */
export const expertHref = (
  consultant: string,
  choice: { service?: string | undefined; durationMinutes?: number | undefined; date?: string } = {},
): string => {
  const search = new URLSearchParams()
  if (choice.service) search.set('service', choice.service)
  if (choice.durationMinutes) search.set('duration', String(choice.durationMinutes))
  if (choice.date) search.set('date', choice.date)
  return `/experts/${encodeURIComponent(consultant)}${search.size > 0 ? `?${search}` : ''}`
}

/** The form that asks for help, with what is known filled in. */
export const requestHref = (wanted: { expert?: string; service?: string }): string => {
  const search = new URLSearchParams()
  if (wanted.expert) search.set('expert', wanted.expert)
  if (wanted.service) search.set('service', wanted.service)
  return search.size > 0 ? `/request?${search}` : '/request'
}
