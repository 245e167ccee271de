/** Links that open a web calendar with the event filled in. */

export type CalendarEvent = { title: string; start: string; end: string; details: string; location: string | null }

/** 2026-12-01T09:00:00.000Z → 20261201T090000Z */
const compact = (instant: string): string =>
  new Date(instant).toISOString().replaceAll(/[-:]/g, '').replace(/\.\d+/, '')

export const googleCalendarUrl = ({ title, start, end, details, location }: CalendarEvent): string => {
  const search = new URLSearchParams({
    action: 'TEMPLATE',
    text: title,
    dates: `${compact(start)}/${compact(end)}`,
    details,
    ...(location ? { location } : {}),
  })
  return `https://calendar.google.com/calendar/render?${search}`
}

export const outlookCalendarUrl = ({ title, start, end, details, location }: CalendarEvent): string => {
  const search = new URLSearchParams({
    path: '/calendar/action/compose',
    rru: 'addevent',
    subject: title,
    startdt: new Date(start).toISOString(),
    enddt: new Date(end).toISOString(),
    body: details,
    ...(location ? { location } : {}),
  })
  return `https://outlook.live.com/calendar/0/deeplink/compose?${search}`
}
