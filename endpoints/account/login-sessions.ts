import { z } from 'zod'
import { computeDeviceName } from '#accounts/compute-device-name'
import {
  endLoginSession,
  endLoginSessions,
  type LoginSession,
  readLoginSessions,
} from '#accounts/login-session-queries'
import { DomainError } from '#shared/errors'
import { iso } from '#shared/time'
import { json, noContent } from '../support/answer'
import { defineCommand, defineEndpoint } from '../support/define-endpoint'
import { requireLogin } from '../support/require-login'
import { dateTime } from '../support/schemas'
import { endedLogins } from './ended-logins'
import { sessionIdOf } from '#accounts/session-id-of'

const loginSession = z
  .object({
    id: z.string(),
    createdAt: dateTime.describe('When they logged in'),
    expiresAt: dateTime.describe('When it ends by itself, unless it is prolonged'),
    device: z.string().nullable().describe('Such as `Firefox on Windows`, or the name of a program'),
    network: z
      .string()
      .nullable()
      .describe('Where about they logged in: of IPv4 the first 24 bits of the address, of IPv6 48'),
    hasSecondFactor: z.boolean().describe('Opened with a second factor, or one was added in it'),
    isCurrent: z.boolean().describe('The one that asks'),
  })
  .meta({ id: 'LoginSession' })

const present = (
  { userAgent, createdAt, expiresAt, ...session }: LoginSession,
  current: string | null,
): z.output<typeof loginSession> => ({
  ...session,
  createdAt: iso(createdAt),
  expiresAt: iso(expiresAt),
  device: computeDeviceName(userAgent),
  isCurrent: session.id === current,
})

const ofAccount = { tag: 'Account', security: 'login', limit: 'change' } as const

export const listLoginSessionsEndpoint = defineEndpoint({
  ...ofAccount,
  method: 'get',
  path: '/account/sessions',
  operationId: 'listLoginSessions',
  summary: 'Where one is logged in, the latest login first',
  answers: {
    200: { description: 'Those that have not ended', schema: z.object({ sessions: z.array(loginSession) }) },
  },
  refusals: ['unauthenticated'],
  handle: async ({ req, caller }) => {
    const sessions = await readLoginSessions(req, requireLogin(caller).id)
    const current = sessionIdOf(req)
    return json({ sessions: sessions.map((session) => present(session, current)) })
  },
})

export const endLoginSessionEndpoint = defineEndpoint({
  ...ofAccount,
  method: 'delete',
  path: '/account/sessions/:id',
  operationId: 'endLoginSession',
  summary: 'Log out elsewhere',
  description: 'Its token stops working at once.',
  params: z.object({ id: z.string().max(64) }),
  answers: { 204: { description: 'Ended' } },
  refusals: ['unauthenticated', 'not_found'],
  handle: async ({ req, caller, params }) => {
    const isEnded = await endLoginSession(req, requireLogin(caller).id, params.id)
    if (!isEnded) throw new DomainError('not_found', 'You are not logged in there any more.')
    return noContent()
  },
})

export const endOtherLoginSessionsEndpoint = defineCommand({
  ...ofAccount,
  method: 'post',
  path: '/account/sessions/end-others',
  operationId: 'endOtherLoginSessions',
  summary: 'Log out everywhere else',
  body: z.strictObject({}),
  answers: { 200: { description: 'Their tokens stop working at once', schema: endedLogins } },
  refusals: ['unauthenticated'],
  handle: async ({ req, caller }) => ({
    answer: json({ ended: await endLoginSessions(req, requireLogin(caller).id, sessionIdOf(req)) }),
  }),
})
