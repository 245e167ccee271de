import type { CalendarProvider } from '../calendar-provider'
import { callCalendar } from '../call-calendar'
import { fetchFeed } from './fetch-feed'

const hostOf = (address: string): string | undefined => (URL.canParse(address) ? new URL(address).hostname : undefined)

/** A calendar file (ICS) at an address, which Outlook, Apple and others publish. It is only read. */
export const calendarFile: CalendarProvider = {
  name: 'ics',
  label: { en: 'Calendar address (ICS)', de: 'Kalenderadresse (ICS)' },
  // The address is what opens it.
  access: { is: 'secret' },
  listCalendars: null,
  entries: null,
  events: null,
  freeBusy: null,
  whole: {
    read: async ({ credential }, { known, window, timeZone, guard }) => {
      const feed = await callCalendar({ provider: 'feeds', operation: 'read', subject: hostOf(credential) }, () =>
        fetchFeed(credential, { ...(known ? { known } : {}), ...(guard ? { guard } : {}) }),
      )
      if (!feed.changed) return feed
      // The pages of the admin know this provider too, and a thread of its own cannot be built into them. Only the worker comes here.
      const { parseFeedInThread } = await import(/* turbopackIgnore: true */ './parse-feed-in-thread')
      const { busy } = await parseFeedInThread(feed.text, { ...window, timeZone, ownEmails: [] })
      return { changed: true, busy, etag: feed.etag, lastModified: feed.lastModified }
    },
  },
  channels: null,
  // A file is read at most every 15 minutes.
  isAskedLive: false,
}
