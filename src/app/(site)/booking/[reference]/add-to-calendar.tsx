'use client'

import { Icon } from '../../_components/icon'
import { calendarFileUrl, type Managed } from '../../_lib/api'
import type { Session } from '../../_lib/api-types'
import { googleCalendarUrl, outlookCalendarUrl } from '../../_lib/calendar-links'
import { useTexts } from '../../_lib/use-texts'

export const AddToCalendar = ({ session, managed }: { session: Session; managed: Managed }) => {
  const text = useTexts().messages.booking
  const joinUrl = session.meeting?.joinUrl ?? null
  const event = {
    title: text.calendarTitle(session.serviceType.name, session.consultant.name),
    start: session.start,
    end: session.end,
    details: text.calendarDetails(session.reference, joinUrl),
    location: joinUrl,
  }
  return (
    <details className="disclosure">
      <summary className="button button--quiet button--wide">
        <Icon name="calendar" />
        {text.calendar}
      </summary>
      <ul className="disclosure__list">
        <li>
          <a href={calendarFileUrl(managed)} download={`${session.reference}.ics`}>
            {text.calendarFile}
          </a>
        </li>
        <li>
          <a href={googleCalendarUrl(event)} target="_blank" rel="noreferrer">
            {text.calendarGoogle}
          </a>
        </li>
        <li>
          <a href={outlookCalendarUrl(event)} target="_blank" rel="noreferrer">
            {text.calendarOutlook}
          </a>
        </li>
      </ul>
    </details>
  )
}
