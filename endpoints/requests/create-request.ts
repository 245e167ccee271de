import { z } from 'zod'
import { isStaff } from '#access/roles'
import { actorOfUser } from '#access/act-as'
import { guardWrite } from '#challenge/guard-write'
import { createRequest } from '#requests/create/create-request'
import { presentRequest } from '#requests/present-request'
import { bookerOf, boundRecipient } from '../sessions/create-session'
import { json } from '../support/answer'
import { defineCommand } from '../support/define-endpoint'
import { requestAnswer, requestInput } from '../support/schemas'

export const createRequestEndpoint = defineCommand({
  method: 'post',
  path: '/booking/requests',
  operationId: 'createRequest',
  tag: 'Requests',
  summary: 'Ask for help before a time is fixed',
  description:
    'It goes to the preferred consultant; without one, to the best rated who has free time in the preferred window; without any, to operations. The `manageToken` is shown only here.',
  body: requestInput,
  answers: {
    201: { description: 'Taken', schema: z.object({ request: requestAnswer, manageToken: z.string() }) },
  },
  refusals: ['forbidden', 'not_found', 'challenge_required'],
  limit: 'book',
  handle: async ({ req, caller, body }) => {
    await guardWrite(req, 'createRequest', caller)
    await boundRecipient(req, body.customer.email)
    // Operations who take a request on the telephone are named in its history.
    const actor = caller.user && isStaff(req) ? actorOfUser(caller.user) : bookerOf(caller)
    const { request, manageToken } = await createRequest(req, body, actor)
    const view = presentRequest(request, { role: 'customer', now: Date.now() })
    return { answer: json({ request: view, manageToken }, { status: 201 }) }
  },
})
