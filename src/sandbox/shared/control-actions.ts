import { z } from 'zod'

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

const readBody = async (request: Request): Promise<{ body: unknown; isForm: boolean }> => {
  const encoded = await request.text()
  if (request.headers.get('content-type')?.includes('application/json')) {
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

/**
 * Carries out the action that the path names. A form is answered with the page at `/`, everything else with JSON.
 * `refusal`: the class of errors that the control throws for objects that do not exist.
 */
export const runAction = async <Control>(args: {
  actions: readonly Action<Control>[]
  control: Control
  request: Request
  refusal: abstract new (...args: never[]) => Error & { status: number }
}): Promise<Response> => {
  const { pathname } = new URL(args.request.url)
  try {
    const { body, isForm } = await readBody(args.request)
    for (const { path, run } of args.actions) {
      const match = path.exec(pathname)
      if (!match) continue
      const result = await run(args.control, body, decodeURIComponent(match[1] ?? ''))
      return isForm ? new Response(null, { status: 303, headers: { Location: '/' } }) : Response.json(result)
    }
    return controlRefusal(404, 'There is no such knob.')
  } catch (error) {
    if (error instanceof args.refusal) return controlRefusal(error.status, error.message)
    if (error instanceof z.ZodError) return controlRefusal(400, z.prettifyError(error))
    if (error instanceof SyntaxError) return controlRefusal(400, 'The body is not JSON.')
    throw error
  }
}
