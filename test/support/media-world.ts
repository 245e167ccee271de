import type { Payload } from 'payload'
import sharp from 'sharp'
import type { ApiHandler } from '#server/api-handler'
import type { Media, User } from '#payload-types'
import { createUser } from './fixtures'
import { openTestPayload, type TestPayload } from './payload'
import { runDueJobs } from './jobs'
import { tokenFor } from './token-for'

/** A picture of chance, so that no two are alike: too large for a block of a disk, and larger than the sizes that are made of it. */
export const createPicture = (width = 800, height = 700): Promise<Buffer> =>
  sharp({
    create: { width, height, channels: 3, background: '#888', noise: { type: 'gaussian', mean: 128, sigma: 60 } },
  })
    .png()
    .toBuffer()

type Answer = { status: number; headers: Headers; bytes: Buffer; json: () => unknown }

export type MediaWorld = TestPayload & {
  operations: User
  somebody: User
  call: (
    method: string,
    path: string,
    options?: { by?: User; headers?: Record<string, string>; body?: FormData | object },
  ) => Promise<Answer>
  /** Sends a file as the admin does. */
  send: (path: string, file: { name: string; content: Buffer }, by?: User, data?: object) => Promise<Answer>
  /** Stores a picture and answers with its record. */
  upload: (data?: Partial<Media>, name?: string, content?: Buffer) => Promise<Media>
  file: (name: string | null | undefined, headers?: Record<string, string>, by?: User) => Promise<Answer>
  runJobs: () => Promise<void>
}

const isMedia = (answer: unknown): answer is { doc: Media } =>
  typeof answer === 'object' && answer !== null && 'doc' in answer

/** The record of an answer that has one. */
export const docOf = (answer: Answer): Media => {
  const json = answer.json()
  if (!isMedia(json)) throw new Error(`${answer.status}: ${answer.bytes.toString()}`)
  return json.doc
}

export const openMediaWorld = async (env: Record<string, string>): Promise<MediaWorld> => {
  const opened = await openTestPayload(env)
  const { payload, database } = opened
  const { createApiHandler } = await import('#server/api-handler')
  const handle: ApiHandler = createApiHandler(payload)
  const operations = await createUser(payload, ['operations'])
  const somebody = await createUser(payload, ['customer'])

  // One login each: those of the same moment would not know of each other.
  const tokens = new Map<User, Promise<string>>()
  const tokenOf = (user: User): Promise<string> => {
    const token = tokens.get(user) ?? tokenFor(payload, user)
    tokens.set(user, token)
    return token
  }

  const call: MediaWorld['call'] = async (method, path, { by, headers = {}, body } = {}) => {
    const isForm = body instanceof FormData
    const request = new Request(`http://localhost:3000/api${path}`, {
      method,
      headers: {
        'X-Forwarded-For': '203.0.113.7',
        ...(body && !isForm ? { 'Content-Type': 'application/json' } : {}),
        ...(by ? { Authorization: `JWT ${await tokenOf(by)}` } : {}),
        ...headers,
      },
      ...(body ? { body: isForm ? body : JSON.stringify(body) } : {}),
    })
    const answer = await handle(request, 'test-request')
    const bytes = Buffer.from(await answer.arrayBuffer())
    return {
      status: answer.status,
      headers: answer.headers,
      bytes,
      json: () => JSON.parse(bytes.toString()) as unknown,
    }
  }
  const send: MediaWorld['send'] = (path, { name, content }, by = operations, data = { alt: 'A picture' }) => {
    const form = new FormData()
    form.set('_payload', JSON.stringify(data))
    form.set('file', new Blob([new Uint8Array(content)], { type: 'image/png' }), name)
    return call(path === '/media' ? 'POST' : 'PATCH', path, { by, body: form })
  }
  return {
    ...opened,
    operations,
    somebody,
    call,
    send,
    upload: async (data = {}, name = 'Portrait.png', content) =>
      docOf(
        await send('/media', { name, content: content ?? (await createPicture()) }, operations, {
          alt: 'A picture',
          ...data,
        }),
      ),
    file: (name, headers, by) => call('GET', `/media/file/${encodeURIComponent(name ?? '')}`, { headers, by }),
    runJobs: () => runDueJobs(payload, database),
  }
}

/** How many pictures there are. */
export const countMedia = async (payload: Payload): Promise<number> =>
  (await payload.count({ collection: 'media' })).totalDocs
