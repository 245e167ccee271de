import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { once } from 'node:events'
import { cleanUpLater } from './clean-up'

/**
 * What stands between Parley and a provider:
 * `open`: everything passes · `down`: connections break · `hold`: requests wait here before the provider hears of them ·
 * `hold-answers`: the provider does its work, but its answers wait here.
 */
export type GateMode = 'open' | 'down' | 'hold' | 'hold-answers'

export type ProviderGate = {
  /** In place of the provider's address. */
  url: string
  set: (mode: GateMode) => void
  /** How many requests wait here. */
  waiting: () => number
  /** How many requests came in all. */
  seen: () => number
  /** Lets the one go that waits longest; the gate stays as it is. */
  releaseFirst: () => void
  /** Opens the gate and lets all go that wait. */
  release: () => void
}

const bodyOf = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

/** A provider that a test can switch off, slow down, or cut off from its answers. */
export const openProviderGate = async (target: string): Promise<ProviderGate> => {
  let mode: GateMode = 'open'
  let seen = 0
  const held = new Set<() => void>()
  const hold = () =>
    new Promise<void>((resolve) => {
      const go = () => {
        held.delete(go)
        resolve()
      }
      held.add(go)
    })

  const pass = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    seen += 1
    if (mode === 'down') {
      request.socket.destroy()
      return
    }
    const body = await bodyOf(request)
    if (mode === 'hold') await hold()
    const headers = Object.entries(request.headers).flatMap(([name, value]): [string, string][] =>
      typeof value === 'string' && !['host', 'connection', 'content-length'].includes(name) ? [[name, value]] : [],
    )
    const answer = await fetch(`${target}${request.url ?? ''}`, {
      method: request.method ?? 'GET',
      headers,
      ...(body.length ? { body: new Uint8Array(body) } : {}),
    })
    const text = await answer.text()
    if (mode === 'hold-answers') await hold()
    response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'application/json' })
    response.end(text)
  }

  const server = createServer((request, response) => {
    pass(request, response).catch(() => response.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const release = () => {
    mode = 'open'
    for (const go of [...held]) go()
  }
  cleanUpLater(async () => {
    release()
    server.closeAllConnections()
    server.close()
    await once(server, 'close')
  })
  return {
    url: `http://127.0.0.1:${port}`,
    set: (next) => {
      mode = next
    },
    waiting: () => held.size,
    seen: () => seen,
    releaseFirst: () => [...held][0]?.(),
    release,
  }
}
