import { callSection } from '../../shared/call-rows'
import { html, type SafeHtml } from '../../shared/html'
import { htmlResponse, pageLayout } from '../../shared/page-layout'
import { knob, section, timeText } from '../../shared/page-parts'
import type { ZoomSandboxControl } from '../control'

const shown = 25

export const notice = 'Zoom sandbox: nobody is really in these meetings.'

const meetings = (control: ZoomSandboxControl): SafeHtml[] =>
  control
    .meetings()
    .slice(-shown)
    .reverse()
    .map((meeting) => {
      const { id, topic, startTime, duration, heldAs } = meeting
      const people = control.present(id)
      const hasEnded = control.instances(id).some(({ endedAt }) => endedAt !== null)
      return html`<tr>
        <td>${timeText(Date.parse(startTime))}<br /><span class="soft">${duration} min</span></td>
        <td>${topic}<br /><code>${id}</code></td>
        <td>
          ${heldAs ? 'being held' : hasEnded ? 'has ended' : 'planned'}
          ${people.map(
            ({ participantId, name }) =>
              html`<br />${name} ${knob(`meetings/${id}/leave`, 'Leaves', { participantId }, name)}`,
          )}
        </td>
        <td>
          <a href="/j/${id}?pwd=${control.passcodeOf(id)}" aria-label="Join page of ${topic}">Join page</a>
          ${heldAs ? knob(`meetings/${id}/end`, 'End', { _: '' }, topic) : knob(`meetings/${id}/start`, 'Start', { _: '' }, topic)}
          ${knob(`meetings/${id}/join`, 'A guest joins', { name: 'Guest' }, topic)}
          ${hasEnded && !heldAs ? knob(`meetings/${id}/record`, 'Recording is ready', { _: '' }, topic) : null}
          ${heldAs ? null : knob(`meetings/${id}/delete`, 'Delete', { _: '' }, topic)}
        </td>
      </tr>`
    })

const events = (control: ZoomSandboxControl): SafeHtml[] => {
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
      return html`<tr>
        <td>${event}</td>
        <td>${state}</td>
        <td>
          <details>
            <summary>What it says</summary>
            <code>${body}</code>
          </details>
        </td>
        <td>${knob(`events/${id}/resend`, 'Send again', { _: '' }, event)}</td>
      </tr>`
    })
}

const knobs = html`<section>
  <h2>What happens next</h2>
  <div class="card buttons">
    ${knob('faults/api', 'Next call answers 500', { kind: 'server_error' })}
    ${knob('faults/api', 'Too many calls', { kind: 'rate_limit' })}
    ${knob('faults/api', 'Lose the next answer', { kind: 'disconnect', applied: 'true' })}
    ${knob('tokens/expire', 'Tokens end', { _: '' })}
    ${knob('faults/webhooks', 'Drop the next event', { kind: 'drop' })}
    ${knob('faults/webhooks', 'Double the next event', { kind: 'duplicate' })}
    ${knob('faults/webhooks', 'Next event is late', { kind: 'delay', delayMs: '10000' })}
    ${knob('webhooks/hold', 'Hold events back', { _: '' })}
    ${knob('webhooks/release', 'Let them go', { order: 'as_happened' })}
    ${knob('webhooks/release', 'Let them go, the last first', { order: 'reversed' })}
    ${knob('webhooks/validate', 'Ask the endpoint for its secret', { _: '' })}
    ${knob('clock', 'One hour later', { advanceMs: '3600000' })} ${knob('faults/clear', 'Forget all this', { _: '' })}
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
