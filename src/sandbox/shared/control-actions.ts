import { z } from 'zod'
import { SandboxRefusal } from './refusal'

/** The knobs of a sandbox over HTTP, for its own pages and for tests in other processes. Numbers may come as text. */
export type Action<Control> = { path: RegExp; run: (control: Control, body: unknown, id: string) => unknown }

/** Makes the actions of one sandbox: `POST /_sandbox/{path}` with a body of that shape; `:id` stands for one segment. */
export const actionsOf =
  <Control>() =>
  <Schema extends z.ZodType>(
    path: string,
    schema: Schema,
    run: (control: Control, body: z.output<Schema>, id: string) => unknown,
  ): Action<Control> => ({
    path: new RegExp(`^/_sandbox/${path.replace(':id', '([^/]+)')}$`),
    run: (control, body, id) => run(control, schema.parse(body), id),
  })

/** What can be read over HTTP: `GET /_sandbox/{name}`. */
export type Views<Control> = Readonly<Record<string, (control: Control, query: URLSearchParams) => unknown>>

const readBody = async (request: Request): Promise<{ body: unknown; isForm: boolean }> => {
  const encoded = await request.text()
  const type = request.headers.get('content-type') ?? ''
  // Plain text is what `fetch` calls a text that it is not told the kind of.
  if (type.includes('application/json') || type.startsWith('text/plain')) {
    return { body: encoded ? JSON.parse(encoded) : {}, isForm: false }
  }
  const filled = [...new URLSearchParams(encoded)].filter(([, value]) => value !== '')
  return {
    body: Object.fromEntries(filled),
    isForm: encoded !== '' || !request.headers.get('accept')?.includes('json'),
  }
}

export const controlRefusal = (status: number, message: string): Response =>
  Response.json({ error: message }, { status })

/** A form is answered with the page at `/`, everything else with JSON, or with nothing where there is nothing to say. */
const toAnswer = (result: unknown, isForm: boolean): Response => {
  if (result === undefined) return new Response(null, { status: 204 })
  return isForm ? new Response(null, { status: 303, headers: { Location: '/' } }) : Response.json(result)
}

const runAction = async <Control>(
  actions: readonly Action<Control>[],
  control: Control,
  request: Request,
): Promise<Response> => {
  const { pathname } = new URL(request.url)
  const { body, isForm } = await readBody(request)
  for (const { path, run } of actions) {
    const match = path.exec(pathname)
    if (match) return toAnswer(await run(control, body, decodeURIComponent(match[1] ?? '')), isForm)
  }
  return controlRefusal(404, 'There is no such knob.')
}

/** `POST /_sandbox/…` turns a knob, `GET /_sandbox/…` reads. */
export const handleControl = async <Control>(args: {
  actions: readonly Action<Control>[]
  views: Views<Control>
  control: Control
  request: Request
}): Promise<Response> => {
  const { actions, views, control, request } = args
  const { pathname, searchParams } = new URL(request.url)
  if (request.method === 'GET') {
    const name = pathname.slice('/_sandbox/'.length)
    const view = Object.hasOwn(views, name) ? views[name] : undefined
    return view ? Response.json(view(control, searchParams)) : controlRefusal(404, 'There is no such page.')
  }
  if (request.method !== 'POST') return controlRefusal(405, 'Knobs are turned by POST.')
  try {
    return await runAction(actions, control, request)
  } catch (error) {
    if (error instanceof SandboxRefusal) return controlRefusal(error.status, error.message)
    if (error instanceof z.ZodError) return controlRefusal(400, z.prettifyError(error))
    if (error instanceof SyntaxError) return controlRefusal(400, 'The body is not JSON.')
    if (error instanceof URIError) return controlRefusal(404, 'There is no such knob.')
    throw error
  }
}
