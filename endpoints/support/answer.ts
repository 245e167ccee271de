import { textResponse } from '#shared/text-response'

/** What a handler answers: a JSON body, or text or bytes of another type, or nothing (204). */
export type Answer = {
  status: number
  /** Bytes are for answers that only read: those of commands are stored as text. */
  body?: string | Uint8Array<ArrayBuffer>
  contentType?: string
  headers?: Record<string, string>
}

type AnswerOptions = { status?: number; headers?: Record<string, string> }

export const json = (value: unknown, { status = 200, headers }: AnswerOptions = {}): Answer => ({
  status,
  body: JSON.stringify(value),
  contentType: 'application/json; charset=utf-8',
  ...(headers ? { headers } : {}),
})

export const noContent = (): Answer => ({ status: 204 })

export const redirect = (url: string): Answer => ({ status: 302, headers: { Location: url } })

/** Where to go on after a form: whatever it was sent with, the next address is only looked at. */
export const goOn = (url: string): Answer => ({ status: 303, headers: { Location: url } })

/** @param fileName without quotes or line breaks; what it is saved as. */
export const pdf = (bytes: Uint8Array<ArrayBuffer>, fileName: string): Answer => ({
  status: 200,
  body: bytes,
  contentType: 'application/pdf',
  headers: { 'Content-Disposition': `inline; filename="${fileName}"` },
})

/** Answers are about one caller at one moment, so no cache keeps them unless the handler says otherwise. */
export const toResponse = ({ status, body, contentType, headers }: Answer): Response => {
  const init = {
    status,
    headers: {
      'Cache-Control': 'private, no-store',
      ...(contentType ? { 'Content-Type': contentType } : {}),
      ...headers,
    },
  }
  if (body === undefined) return new Response(null, init)
  return typeof body === 'string' ? textResponse(body, init) : new Response(body, init)
}
