import { html, type SafeHtml } from '../../shared/html'
import { htmlResponse, pageLayout } from '../../shared/page-layout'
import { endMeeting, joinMeeting, leaveMeeting, presentPeople } from '../meetings/hold-meeting'
import { isHostKey, passcodeKey } from '../meetings/present-meeting'
import type { StoredMeeting } from '../records'
import { Refusal } from '../refusal'
import type { World } from '../world'
import { notice } from './status-page'

/** How somebody came: by the link for everybody, or by the one for the host. */
type Visit = { meeting: StoredMeeting; isHost: boolean; key: string; me: string }

const page = (title: string, body: SafeHtml, status = 200): Response =>
  htmlResponse(pageLayout({ title, notice, body: html`<section class="card">${body}</section>` }), status)

/** Undefined for a link that is not, or no longer, good. */
const readVisit = (world: World, url: URL): Visit | undefined => {
  const [, kind, id = ''] = url.pathname.split('/')
  const meeting = world.tables.meetings.get(id)
  const isHost = kind === 's'
  const key = url.searchParams.get(isHost ? 'zak' : 'pwd') ?? ''
  if (!meeting || !(isHost ? isHostKey(world, meeting.id, key) : key === passcodeKey(world, meeting))) return undefined
  return { meeting, isHost, key, me: url.searchParams.get('me') ?? '' }
}

const addressOf = ({ meeting, isHost, key }: Visit, me: string): string => {
  const query = new URLSearchParams({ [isHost ? 'zak' : 'pwd']: key, ...(me ? { me } : {}) })
  return `/${isHost ? 's' : 'j'}/${meeting.id}?${query}`
}

const action = (visit: Visit, does: string, label: string, isMain = false): SafeHtml =>
  html`<form method="post" action="${addressOf(visit, visit.me)}">
    <input type="hidden" name="does" value="${does}" />
    <button type="submit" class="${isMain ? 'main' : ''}">${label}</button>
  </form>`

const roomPage = (world: World, visit: Visit, error?: string): Response => {
  const { meeting, isHost } = visit
  const people = presentPeople(world, meeting)
  const isInside = people.some(({ participantId }) => participantId === visit.me)
  const inside = html`<p role="status">You are in the meeting.</p>
    <ul>
      ${people.map(({ name }) => html`<li>${name}</li>`)}
    </ul>
    ${action(visit, 'leave', 'Leave', true)} ${isHost ? action(visit, 'end', 'End for all') : null}`
  const outside = html`<p class="soft">
      ${meeting.heldAs ? `The meeting is being held; people in it: ${people.length}.` : 'The meeting has not started.'}
    </p>
    ${error ? html`<p class="alert" role="alert">${error}</p>` : null}
    <form method="post" action="${addressOf(visit, '')}">
      <input type="hidden" name="does" value="join" />
      ${
        isHost
          ? null
          : html`<label for="name">Your name</label>
              <input id="name" name="name" required maxlength="60" autocomplete="name" />`
      }
      <button class="main" type="submit">${isHost ? 'Start' : 'Join'}</button>
    </form>`
  return page(
    `${error ? 'Error: ' : ''}${meeting.topic}`,
    html`<h1>${meeting.topic}</h1>
      ${isInside ? inside : outside}`,
    error ? 400 : 200,
  )
}

/** Does what the form asks for. @returns what names the visitor within the meeting from now on. @throws Refusal */
const act = (world: World, { meeting, isHost, me }: Visit, form: URLSearchParams): string => {
  switch (form.get('does')) {
    case 'join': {
      const host = world.tables.users.get(meeting.hostId)
      return isHost && host
        ? joinMeeting(world, meeting, { name: `${host.firstName} ${host.lastName}`.trim(), email: host.email })
        : joinMeeting(world, meeting, { name: (form.get('name') ?? '').trim().slice(0, 60) || 'Guest' })
    }
    case 'leave':
      leaveMeeting(world, meeting, me)
      return ''
    case 'end':
      if (isHost) endMeeting(world, meeting)
      return ''
    default:
      throw new Refusal(400, 300, 'The form is not one of this page.')
  }
}

/** `GET` and `POST` of `/j/{id}` and `/s/{id}`: where links to a meeting lead. */
export const handleMeetingPage = async (world: World, request: Request): Promise<Response> => {
  const visit = readVisit(world, new URL(request.url))
  if (!visit) {
    return page(
      'Link not valid',
      html`<h1>This meeting link is invalid</h1>
        <p>It may be old, or the meeting was deleted.</p>`,
      404,
    )
  }
  if (request.method !== 'POST') return roomPage(world, visit)
  try {
    const me = act(world, visit, new URLSearchParams(await request.text()))
    await world.store.flush()
    return new Response(null, { status: 303, headers: { Location: addressOf(visit, me) } })
  } catch (error) {
    if (error instanceof Refusal) return roomPage(world, visit, error.message)
    throw error
  }
}
