import { callSection } from '../../shared/call-rows'
import { html } from '../../shared/html'
import { htmlResponse, pageLayout } from '../../shared/page-layout'
import { callFaultKnobs, type Cell, knob, section, timeText } from '../../shared/page-parts'
import type { ZoomSandboxControl } from '../control'

const shown = 25

export const notice = 'Zoom sandbox: nobody is really in these meetings.'

const meetings = (control: ZoomSandboxControl): Cell[][] =>
  control
    .meetings()
    .slice(-shown)
    .reverse()
    .map((meeting) => {
      const { id, topic, startTime, duration, heldAs } = meeting
      const people = control.present(id)
      const hasEnded = control.instances(id).some(({ endedAt }) => endedAt !== null)
      return [
        html`${timeText(Date.parse(startTime))}<br /><span class="soft">${duration} min</span>`,
        html`${topic}<br /><code>${id}</code>`,
        html`${heldAs ? 'being held' : hasEnded ? 'has ended' : 'planned'}
        ${people.map(
          ({ participantId, name }) =>
            html`<br />${name}
              ${knob({ path: `meetings/${id}/leave`, label: 'Leaves', of: name, fields: { participantId } })}`,
        )}`,
        html`<a href="/j/${id}?pwd=${control.passcodeOf(id)}" aria-label="Join page of ${topic}">Join page</a>
          ${heldAs ? knob({ path: `meetings/${id}/end`, label: 'End', of: topic }) : knob({ path: `meetings/${id}/start`, label: 'Start', of: topic })}
          ${knob({ path: `meetings/${id}/join`, label: 'A guest joins', of: topic, fields: { name: 'Guest' } })}
          ${hasEnded && !heldAs ? knob({ path: `meetings/${id}/record`, label: 'Recording is ready', of: topic }) : null}
          ${heldAs ? null : knob({ path: `meetings/${id}/delete`, label: 'Delete', of: topic })}`,
      ]
    })

const events = (control: ZoomSandboxControl): Cell[][] => {
  const deliveries = control.deliveries()
  return control
    .events()
    .slice(-shown)
    .reverse()
    .map(({ id, event, isPending, body }) => {
      const last = deliveries.findLast(({ message }) => message.id === id)
      const state = last
        ? html`<span class="${last.outcome === 'delivered' ? 'good' : 'bad'}"
              >${last.outcome}${last.status === null ? null : ` (${last.status})`}, attempt ${last.attempt}</span
            >${last.error ? html`<br /><span class="soft">${last.error}</span>` : null}`
        : html`<span class="soft">${isPending ? 'waiting' : 'nobody listens'}</span>`
      return [
        event,
        state,
        html`<details>
          <summary>What it says</summary>
          <code>${body}</code>
        </details>`,
        html`${knob({ path: `events/${id}/resend`, label: 'Send again', of: event })}`,
      ]
    })
}

const knobs = html`<section>
  <h2>What happens next</h2>
  <div class="card buttons">
    ${callFaultKnobs} ${knob({ path: 'tokens/expire', label: 'Tokens end' })}
    ${knob({ path: 'faults/webhooks', label: 'Drop the next event', fields: { kind: 'drop' } })}
    ${knob({ path: 'faults/webhooks', label: 'Double the next event', fields: { kind: 'duplicate' } })}
    ${knob({ path: 'faults/webhooks', label: 'Next event is late', fields: { kind: 'delay', delayMs: '10000' } })}
    ${knob({ path: 'webhooks/hold', label: 'Hold events back' })}
    ${knob({ path: 'webhooks/release', label: 'Let them go', fields: { order: 'as_happened' } })}
    ${knob({ path: 'webhooks/release', label: 'Let them go, the last first', fields: { order: 'reversed' } })}
    ${knob({ path: 'webhooks/validate', label: 'Ask the endpoint for its secret' })}
    ${knob({ path: 'clock', label: 'One hour later', fields: { advanceMs: '3600000' } })}
    ${knob({ path: 'faults/clear', label: 'Forget all this' })}
  </div>
</section>`

/** The page at `/`: meetings with who is in them, what was told of them, and the knobs that make things go wrong. */
export const handleStatusPage = (control: ZoomSandboxControl): Response => {
  const endpoint = control.webhook()
  return htmlResponse(
    pageLayout({
      title: 'Zoom sandbox',
      notice,
      body: html`<h1>Zoom sandbox</h1>
        <p class="soft">
          It is ${timeText(control.now())} UTC here. Events go to
          ${endpoint ? html`<code>${endpoint.url}</code>` : 'nobody'}.
        </p>
        ${section({ title: 'Meetings', columns: ['Start', 'Topic', 'State', 'Actions'], rows: meetings(control) })}
        ${knobs}
        ${section({ title: 'Events', columns: ['What', 'Delivery', 'Body', 'Actions'], rows: events(control) })}
        ${callSection(control.calls())}`,
    }),
  )
}
