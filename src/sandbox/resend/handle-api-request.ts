import type { CreateEmailResponseSuccess, GetEmailResponseSuccess, ListEmailsResponseSuccess } from 'resend'
import { z } from 'zod'
import { answerCall } from '../shared/answer-call'
import type { CallFault } from '../shared/call-faults'
import { createRouteTable } from '../shared/route-table'
import { parseJson } from '../shared/state-files'
import { acceptEmail } from './accept-email'
import { type ApiErrorKind, toCallFault, toRefusal } from './faults'
import { bareAddress } from './parse-email'
import { Refusal } from './refusal'
import type { StoredEmail } from './sandbox-state'
import type { World } from './world'

type Call = { request: Request; query: Record<string, string>; text: string; id: string }

type Route = {
  method: string
  path: string
  operation: string
  /** @throws Refusal */
  handle: (world: World, call: Call) => object
}

/** A mail as Resend lists it. */
const presentListed = (email: StoredEmail): ListEmailsResponseSuccess['data'][number] => ({
  id: email.id,
  message_id: `<${email.id}@sandbox.resend.example>`,
  to: email.to,
  from: email.from,
  created_at: email.createdAt,
  subject: email.subject,
  bcc: email.bcc,
  cc: email.cc,
  reply_to: email.replyTo,
  last_event: 'delivered',
  scheduled_at: null,
})

const present = (email: StoredEmail): GetEmailResponseSuccess => ({
  object: 'email',
  ...presentListed(email),
  html: email.html,
  text: email.text,
  tags: email.tags,
})

const listQuery = z
  .strictObject({
    limit: z
      .string()
      .regex(/^\d{1,3}$/)
      .transform(Number)
      .refine((limit) => limit >= 1 && limit <= 100)
      .default(20),
    after: z.string().optional(),
    before: z.string().optional(),
  })
  .refine(({ after, before }) => after === undefined || before === undefined, { path: ['before'] })

/** @throws Refusal */
const list = ({ store }: World, { query }: Call): ListEmailsResponseSuccess => {
  const read = listQuery.safeParse(query)
  if (!read.success) {
    const [issue] = read.error.issues
    const name = issue?.code === 'unrecognized_keys' ? issue.keys[0] : issue?.path[0]
    throw new Refusal('validation_error', `The \`${String(name)}\` parameter is invalid.`)
  }
  const { limit, after, before } = read.data
  const newest = [...store.state.emails].reverse()
  const mark = after ?? before
  const at = newest.findIndex(({ id }) => id === mark)
  if (mark !== undefined && at < 0) throw new Refusal('validation_error', 'The pagination cursor is invalid.')
  const range = before === undefined ? newest.slice(at + 1) : newest.slice(0, at)
  const data = before === undefined ? range.slice(0, limit) : range.slice(-limit)
  return { object: 'list', has_more: range.length > limit, data: data.map(presentListed) }
}

/** @throws Refusal */
const send = ({ store }: World, { request, text }: Call): CreateEmailResponseSuccess => {
  const json = parseJson(text)
  if (json === undefined) throw new Refusal('validation_error', 'The request body is not valid JSON.')
  const idempotencyKey = request.headers.get('idempotency-key') ?? undefined
  return acceptEmail(store, { json, idempotencyKey, now: Date.now() })
}

/** @throws Refusal */
const get = ({ store }: World, { id }: Call): GetEmailResponseSuccess => {
  const email = store.state.emails.find((one) => one.id === id)
  if (!email) throw new Refusal('not_found', 'Email not found')
  return present(email)
}

const findRoute = createRouteTable<Route>([
  { method: 'POST', path: '/emails', operation: 'emails.send', handle: send },
  { method: 'GET', path: '/emails', operation: 'emails.list', handle: list },
  { method: 'GET', path: '/emails/:id', operation: 'emails.get', handle: get },
])

const checkKey = (request: Request, apiKey: string | undefined): Refusal | undefined => {
  const key = /^Bearer (\S+)$/.exec(request.headers.get('authorization') ?? '')?.[1]
  if (!key) return new Refusal('missing_api_key', 'Missing API key in the authorization header.')
  const isGood = apiKey === undefined ? key.startsWith('re_') : key === apiKey
  return isGood ? undefined : new Refusal('invalid_api_key', 'API key is invalid.')
}

/** The addresses in a body that may not have been checked yet. */
const claimedRecipients = (json: unknown): string[] => {
  const to = typeof json === 'object' && json !== null && 'to' in json ? json.to : []
  return (Array.isArray(to) ? to : [to]).map((one) => bareAddress(String(one)))
}

/** Faults are for mails: a call that is none uses none up. */
const takeFault = ({ faults }: World, text: string): CallFault<ApiErrorKind> | undefined => {
  const json = parseJson(text)
  if (json === undefined) return undefined
  const recipients = claimedRecipients(json)
  const fault = faults.take(({ to }) => to === undefined || recipients.includes(to))
  return fault && toCallFault(fault)
}

/** One call of the API, with whatever is to go wrong with it. */
export const handleApiRequest = async (world: World, request: Request, signal: AbortSignal): Promise<Response> => {
  const { pathname, searchParams } = new URL(request.url)
  const text = await request.text()
  const found = findRoute(request.method, pathname)
  const denied = checkKey(request, world.apiKey)
  const window = world.window(Date.now())
  const answer = await answerCall(request, {
    operation: found?.route.operation ?? 'unknown',
    at: Date.now(),
    calls: world.calls,
    fault: found?.route.handle === send && !denied && window.isOpen ? takeFault(world, text) : undefined,
    carryOut: () => {
      if (!window.isOpen) throw toRefusal('rate_limit')
      if (!found && pathname === '/emails') {
        throw new Refusal('method_not_allowed', 'Method is not allowed for the requested path.')
      }
      if (!found) throw new Refusal('not_found', 'The requested endpoint does not exist')
      if (denied) throw denied
      const [id = ''] = found.segments
      return Response.json(found.route.handle(world, { request, query: Object.fromEntries(searchParams), text, id }))
    },
    refuse: (kind) => toRefusal(kind).toResponse(),
    flush: world.store.flush,
    signal,
  })
  if (window.limit > 0) {
    answer.headers.set('ratelimit-limit', String(window.limit))
    answer.headers.set('ratelimit-remaining', String(window.remaining))
    answer.headers.set('ratelimit-reset', String(Math.ceil(window.resetMs / 1_000)))
  }
  return answer
}
