import { callSection } from '../../shared/call-rows'
import { html, type SafeHtml } from '../../shared/html'
import { htmlResponse, pageLayout } from '../../shared/page-layout'
import { callFaultKnobs, type Cell, knob, section, timeText } from '../../shared/page-parts'
import type { GoogleSandboxControl } from '../control'
import type { EventBody, StoredCalendar } from '../records'

const notice = 'Google sandbox: nobody lives by these calendars.'

/** As many events of a calendar, and so many notifications, are shown. */
const shown = 25

/** What is over is not shown; a series always is. */
const isShown = (event: EventBody, now: number): boolean => {
  if (event.status === 'cancelled') return false
  return Boolean(event.recurrence) || Date.parse(event.end?.dateTime ?? event.end?.date ?? '') > now
}

const startOf = (event: EventBody): string => event.start?.dateTime ?? event.start?.date ?? ''

/** Wall-clock time of the calendar, for people and for the fields of forms. */
const wallTime = (dateTime: string | null | undefined): string => (dateTime ?? '').slice(0, 16)

const whenText = ({ start, end, recurrence }: EventBody): SafeHtml =>
  html`${start?.date ? `${start.date}, all day` : `${wallTime(start?.dateTime).replace('T', ' ')} – ${wallTime(end?.dateTime).slice(11)}`}
  ${recurrence ? html`<br /><span class="soft">${recurrence.join(' ')}</span>` : null}`

const instantField = (name: string, label: string, value = ''): SafeHtml =>
  html`<label>${label}<input type="datetime-local" name="${name}" value="${value}" required /></label>`

const moveForm = (calendar: StoredCalendar, event: EventBody): SafeHtml | null =>
  event.start?.dateTime
    ? html`<details>
        <summary aria-label="Move: ${event.summary ?? 'without a title'}">Move</summary>
        <form method="post" action="/_sandbox/events/move">
          <input type="hidden" name="calendar" value="${calendar.id}" />
          <input type="hidden" name="event" value="${event.id ?? ''}" />
          ${instantField('start', 'New start', wallTime(event.start.dateTime))}
          ${instantField('end', 'New end', wallTime(event.end?.dateTime))}
          <p><button type="submit">Move it there</button></p>
        </form>
      </details>`
    : null

const eventRow = (calendar: StoredCalendar, event: EventBody): Cell[] => {
  const { hangoutLink, transparency, summary, id } = event
  return [
    whenText(event),
    html`${summary ?? 'Without a title'}
    ${transparency === 'transparent' ? html`<br /><span class="soft">shown as free</span>` : null}
    ${hangoutLink ? html`<br /><code>${hangoutLink}</code>` : null}`,
    html`${knob({
      path: 'events/delete',
      label: 'Delete',
      of: summary ?? '',
      fields: { calendar: calendar.id, event: id ?? '' },
    })}
    ${moveForm(calendar, event)}`,
  ]
}

const calendarSection = (control: GoogleSandboxControl, calendar: StoredCalendar): SafeHtml => {
  const events = control
    .events(calendar.id)
    .filter((event) => isShown(event, control.now()))
    .sort((a, b) => startOf(a).localeCompare(startOf(b)))
    .slice(0, shown)
  const title = `${calendar.summary} of ${calendar.owner} (${calendar.timeZone})`
  return html`${section({ title, columns: ['When', 'What', 'Actions'], rows: events.map((event) => eventRow(calendar, event)) })}
    <p class="buttons">
      ${knob({ path: 'sync-tokens/expire', label: 'Forget sync tokens', of: title, fields: { calendar: calendar.id } })}
      ${calendar.isPrimary ? knob({ path: 'access/withdraw', label: 'Withdraw access', of: calendar.owner, fields: { email: calendar.owner } }) : null}
    </p>`
}

const addForm = (calendars: readonly StoredCalendar[]): SafeHtml =>
  html`<section>
    <h2>A new appointment</h2>
    <form class="card" method="post" action="/_sandbox/events/add">
      <div class="pair">
        <label
          >Calendar<select name="calendar">
            ${calendars.map(({ id, summary, owner }) => html`<option value="${id}">${summary} of ${owner}</option>`)}
          </select></label
        >
        <label>Title<input name="summary" value="Dentist" maxlength="200" required /></label>
      </div>
      <div class="pair">${instantField('start', 'Start')} ${instantField('end', 'End')}</div>
      <div class="pair">
        <label
          >Shown as<select name="transparency">
            <option value="opaque">Busy</option>
            <option value="transparent">Free</option>
          </select></label
        >
        <label
          >Repeats<select name="recurrence">
            <option value="">Never</option>
            <option value="RRULE:FREQ=DAILY;COUNT=5">Five days in a row</option>
            <option value="RRULE:FREQ=WEEKLY">Every week</option>
          </select></label
        >
      </div>
      <p class="small soft">Times are those of the calendar’s zone.</p>
      <p><button type="submit">Add</button></p>
    </form>
  </section>`

const knobs = html`<section>
  <h2>What happens next</h2>
  <div class="card buttons">
    ${callFaultKnobs} ${knob({ path: 'access-tokens/expire', label: 'Access tokens end' })}
    ${knob({ path: 'faults/notifications', label: 'Drop the next notification', fields: { kind: 'drop' } })}
    ${knob({ path: 'faults/notifications', label: 'Double the next notification', fields: { kind: 'duplicate' } })}
    ${knob({ path: 'faults/clear', label: 'Forget all this' })}
  </div>
</section>`

const notifications = (control: GoogleSandboxControl): Cell[][] =>
  control
    .notifications()
    .slice(-shown)
    .reverse()
    .map(({ message, at, status, outcome }) => [
      timeText(at),
      message.channel.calendarId,
      html`<span class="${outcome === 'delivered' ? 'good' : 'bad'}"
        >${outcome}${status === null ? null : ` (${status})`}</span
      >`,
    ])

/** The page at `/`: everybody's calendars, where one adds, moves and deletes as their owners would, and what was told of it. */
export const handleStatusPage = (control: GoogleSandboxControl): Response => {
  const calendars = control.calendars()
  return htmlResponse(
    pageLayout({
      title: 'Google sandbox',
      notice,
      body: html`<h1>Google sandbox</h1>
        <p class="soft">
          It is ${timeText(control.now())} UTC here. Connect a calendar under <em>My calendar</em> in the admin, then
          change it here and watch what Parley does.
        </p>
        ${addForm(calendars)} ${calendars.map((calendar) => calendarSection(control, calendar))} ${knobs}
        ${section({ title: 'Notifications', columns: ['When', 'Calendar', 'Delivery'], rows: notifications(control) })}
        ${callSection(control.calls())}`,
    }),
  )
}
