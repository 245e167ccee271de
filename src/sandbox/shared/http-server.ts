import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'

export type Handle = (request: Request) => Promise<Response> | Response

/** The body, read to its end; undefined when it is longer than is taken. */
const readBody = async (message: IncomingMessage, longest: number): Promise<Buffer<ArrayBuffer> | undefined> => {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of message as AsyncIterable<Buffer>) {
    length += chunk.length
    // The rest is read and forgotten: an answer would not reach who is still sending.
    if (length <= longest) chunks.push(chunk)
  }
  return length <= longest ? Buffer.concat(chunks) : undefined
}

/** Undefined for what is no request of a path of this server, or has a host or a method that cannot be. */
const toRequest = (message: IncomingMessage, body: Buffer<ArrayBuffer>): Request | undefined => {
  const { method = 'GET', url = '' } = message
  if (!url.startsWith('/')) return undefined
  const headers = new Headers()
  for (const [name, value] of Object.entries(message.headers)) {
    for (const one of Array.isArray(value) ? value : [value ?? '']) headers.append(name, one)
  }
  try {
    // Put together as text: a path that begins with two slashes must not become another host.
    return new Request(`http://${message.headers.host ?? 'localhost'}${url}`, {
      method,
      headers,
      ...(method === 'GET' || method === 'HEAD' || !body.length ? {} : { body }),
    })
  } catch {
    return undefined
  }
}

/** A body that breaks ends the connection without an answer. */
const send = async (response: Response, to: ServerResponse): Promise<void> => {
  let body: ArrayBuffer
  try {
    body = await response.arrayBuffer()
  } catch {
    to.destroy()
    return
  }
  to.statusCode = response.status
  response.headers.forEach((value, name) => to.setHeader(name, value))
  to.end(Buffer.from(body))
}

type HttpServer = {
  port: number
  /** Frees the port and ends all connections; resolves when no request is being handled any more. */
  close: () => Promise<void>
}

/**
 * Serves requests on an address of this machine.
 * @param options.longestBody bytes; a longer one is answered with 413 and not handed on.
 * @param options.refuse the answer to what never becomes a request (400), is too long (413), or whose handler threw (500).
 * @throws Error when the port is in use.
 */
export const startHttpServer = async (options: {
  port: number
  host: string
  longestBody: number
  handle: Handle
  refuse: (status: 400 | 413 | 500, error: unknown) => Response
}): Promise<HttpServer> => {
  const { handle, refuse, longestBody } = options
  const answer = async (message: IncomingMessage): Promise<Response> => {
    const body = await readBody(message, longestBody)
    if (!body) return refuse(413, new Error('The body is too long.'))
    const request = toRequest(message, body)
    if (!request) return refuse(400, new Error('This is no request that could be read.'))
    try {
      return await handle(request)
    } catch (error) {
      return refuse(500, error)
    }
  }
  const active = new Set<Promise<void>>()
  const server = createServer((message, response) => {
    const work = answer(message)
      .then((result) => send(result, response))
      // The client has gone while it was still sending.
      .catch(() => void response.destroy())
      .finally(() => active.delete(work))
    active.add(work)
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, options.host, resolve)
  })
  const address = server.address()
  if (!address || typeof address === 'string') throw new Error('The server has no port.')
  return {
    port: address.port,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeAllConnections()
      await closed
      await Promise.allSettled([...active])
    },
  }
}
