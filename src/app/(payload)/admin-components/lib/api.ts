'use client'

import createClient from 'openapi-fetch'
import type { paths } from '../../../_api/openapi-types'
import { germanRefusal } from '#shared/german-refusals'
import { adminWords } from '../words/admin-words'

/** In the language that Payload has put into the page; calls are made in browsers alone. */
const pageWords = () => adminWords(document.documentElement.lang)

/** A refusal of the API, in the words that it has for people. */
export class ApiRefusal extends Error {
  override readonly name = 'ApiRefusal'

  constructor(
    message: string,
    readonly code: string | undefined,
  ) {
    super(message)
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

/** The first message of Payload's own answers, or `detail` of a problem document. */
const refusalText = (body: unknown, status: number): string => {
  if (isRecord(body)) {
    const first: unknown = Array.isArray(body.errors) ? body.errors[0] : undefined
    // Payload's own form, which is in the language of the admin.
    if (isRecord(first) && 'name' in first && typeof first.message === 'string') return first.message
    if (typeof body.detail === 'string') {
      return pageWords().language === 'de' ? germanRefusal(String(body.code), body.detail) : body.detail
    }
  }
  return pageWords().say('The server answered with status {status}.', { status })
}

/** `code` of a problem document, wherever it comes from. */
const refusalCode = (body: unknown): string | undefined =>
  isRecord(body) && typeof body.code === 'string' ? body.code : undefined

const orRefuse = async (response: Response): Promise<Response> => {
  if (response.ok) return response
  const body: unknown = await response.json().catch(() => undefined)
  throw new ApiRefusal(refusalText(body, response.status), refusalCode(body))
}

/** Records by Payload's own REST. @throws ApiRefusal; TypeError when the server cannot be reached. */
export const getJson = async (path: string, signal?: AbortSignal): Promise<unknown> =>
  (await orRefuse(await fetch(path, { credentials: 'include', ...(signal ? { signal } : {}) }))).json()

/** A file, with the name that it is saved under. @throws ApiRefusal; TypeError when the server cannot be reached. */
export const getFile = async (path: string): Promise<{ content: Blob; name: string }> => {
  const response = await orRefuse(await fetch(path, { credentials: 'include' }))
  const [, name = 'export'] = /filename="([^"]+)"/.exec(response.headers.get('Content-Disposition') ?? '') ?? []
  return { content: await response.blob(), name }
}

/** `crypto.randomUUID` exists on https and localhost only; an admin may be opened over a plain address as well. */
const createKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')

/** Commands whose answer got lost, by what they ask for: asked again they get the same key, so nothing happens twice. */
const unanswered = new Map<string, string>()

/** A command goes out with an `Idempotency-Key`, so that it can safely be sent again when no answer came. */
const send = async (request: Request): Promise<Response> => {
  if (request.method === 'GET') return orRefuse(await fetch(request))
  const command = `${request.method} ${request.url} ${await request.clone().text()}`
  const key = unanswered.get(command) ?? createKey()
  unanswered.set(command, key)
  request.headers.set('Idempotency-Key', key)
  const response = await fetch(request)
  unanswered.delete(command)
  return orRefuse(response)
}

/** The booking API, by its document. Calls throw `ApiRefusal`; `TypeError` when no answer came. */
export const api = createClient<paths>({ credentials: 'include', fetch: send })

/** What to say about an error to whoever pressed the button. */
export const explain = (error: unknown): string =>
  error instanceof ApiRefusal ? error.message : pageWords().say('No answer came from the server. Try again.')

/** Whether it takes a login that is fresh. */
export const isOldLogin = (error: unknown): boolean =>
  error instanceof ApiRefusal && error.code === 'fresh_login_required'
