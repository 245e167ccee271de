import { htmlResponse } from '../../shared/page-layout'
import { answerAuthorization, answerSilently } from '../oauth/answer-authorization'
import { readAuthorizationRequest } from '../oauth/authorization-request'
import type { World } from '../world'
import { consentFaultPage, consentPage } from './consent-page'

const redirect = (location: string): Response => new Response(null, { status: 303, headers: { Location: location } })

const ownFields = ['person', 'granted', 'decision']

/** `GET` and `POST /o/oauth2/v2/auth`. */
export const handleConsent = async (world: World, request: Request): Promise<Response> => {
  const form = new URLSearchParams(request.method === 'POST' ? await request.text() : '')
  const params = request.method === 'POST' ? new URLSearchParams(form) : new URL(request.url).searchParams
  if (request.method === 'POST') for (const name of ownFields) params.delete(name)
  const read = readAuthorizationRequest(world, params)
  if ('fault' in read) return htmlResponse(consentFaultPage(read.fault), 400)
  if (request.method !== 'POST' && !read.request.prompts.includes('none')) {
    return htmlResponse(consentPage({ request: read.request, accounts: [...world.tables.accounts.values()], params }))
  }
  const answer = (): string | undefined => {
    if (request.method !== 'POST') return answerSilently(world, read.request)
    if (form.get('decision') === 'deny') return answerAuthorization(world, read.request, { decision: 'deny' })
    const account = world.tables.accounts.get(form.get('person') ?? '')
    return account && form.get('decision') === 'allow'
      ? answerAuthorization(world, read.request, {
          decision: 'allow',
          email: account.email,
          scopes: form.getAll('granted'),
        })
      : undefined
  }
  const location = answer()
  if (!location) {
    return htmlResponse(consentFaultPage({ code: 'invalid_request', message: 'Choose an account.' }), 400)
  }
  await world.store.flush()
  return redirect(location)
}
