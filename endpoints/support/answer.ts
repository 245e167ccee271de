import { textResponse } from '../../src/shared/text-response'

/** What a handler answers: a JSON body, or bytes of another type, or nothing (204). */
export type Answer = { status: number; body?: string; contentType?: string; headers?: Record<string, string> }

export type AnswerOptions = { status?: number; headers?: Record<string, string> }

export const json = (value: unknown, { status = 200, headers }: AnswerOptions = {}): Answer => ({
  status,
  body: JSON.stringify(value),
  contentType: 'application/json; charset=utf-8',
  ...(headers ? { headers } : {}),
})

export const noContent = (): Answer => ({ status: 204 })

export const redirect = (url: string): Answer => ({ status: 302, headers: { Location: url } })

/** Answers are about one caller at one moment, so no cache keeps them unless the handler says otherwise. */
export const toResponse = ({ status, body, contentType, headers }: Answer): Response => {
  const init = {
    status,
    headers: { 'Cache-Control': 'no-store', ...(contentType ? { 'Content-Type': contentType } : {}), ...headers },
  }
  return body === undefined ? new Response(null, init) : textResponse(body, init)
}
