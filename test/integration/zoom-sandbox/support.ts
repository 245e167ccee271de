import { createServer, type IncomingHttpHeaders } from 'node:http'
import { onTestFinished } from 'vitest'
import { answerUrlValidation } from '#meetings/zoom/verify-zoom-webhook'
import { createZoomClient, type ZoomClient } from '#meetings/zoom/zoom-client'
import { startZoomSandbox, type ZoomSandbox, type ZoomSandboxOptions } from '#sandbox/zoom/start-zoom-sandbox'

export const app = { accountId: 'account-1', clientId: 'client-1', clientSecret: 'secret-1' }
export const webhookSecret = 'the-webhook-secret'
export const owner = 'rooms@parley.example'
export const ada = 'ada@parley.example'

type Answered = { status: number; body: unknown; headers: Headers }

export type Suite = ZoomSandbox & {
  /** Parley's own client. */
  client: ZoomClient
  /** A call of the API with a good token. */
  call: (method: string, path: string, body?: unknown) => Promise<Answered>
}

const answered = async (response: Response): Promise<Answered> => {
  const text = await response.text()
  return { status: response.status, body: text ? JSON.parse(text) : undefined, headers: response.headers }
}

export const askToken = async (
  url: string,
  changes: Record<string, string> = {},
  credentials = `${app.clientId}:${app.clientSecret}`,
): Promise<Answered> => {
  const query = new URLSearchParams({ grant_type: 'account_credentials', account_id: app.accountId, ...changes })
  const response = await fetch(`${url}/oauth/token?${query}`, {
    method: 'POST',
    headers: { Authorization: `Basic ${Buffer.from(credentials).toString('base64')}` },
  })
  return answered(response)
}

/** A sandbox of its own; it ends with the test. Its account has an owner and Ada, who lives in London. */
export const startSuite = async (options: Partial<ZoomSandboxOptions> = {}): Promise<Suite> => {
  const sandbox = await startZoomSandbox({
    port: 0,
    ...app,
    users: [
      { email: owner, name: 'Parley Rooms' },
      { email: ada, name: 'Ada Ashe', timeZone: 'Europe/London' },
    ],
    webhookSecret,
    ...options,
  })
  onTestFinished(() => sandbox.close())
  const call = async (method: string, path: string, body?: unknown): Promise<Answered> => {
    const { access_token: token } = (await askToken(sandbox.url)).body as { access_token: string }
    const response = await fetch(`${sandbox.url}/v2${path}`, {
      method,
      headers: {
        Authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    return answered(response)
  }
  return { ...sandbox, client: createZoomClient({ ...app, apiBase: sandbox.url }), call }
}

export const session = {
  topic: 'Strategy call',
  marker: 'parley:session-1',
  startsAt: Date.UTC(2027, 0, 4, 9),
  durationMinutes: 45,
}

export type Received = { headers: IncomingHttpHeaders; body: string }

/** A webhook endpoint that proves that it knows the secret, keeps the events, and answers them with what `answer` says. */
export const startReceiver = async ({
  secret = webhookSecret,
  answer = () => 200,
}: { secret?: string; answer?: (n: number) => number } = {}) => {
  const received: Received[] = []
  let questions = 0
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8')
      const { event, payload } = JSON.parse(body) as { event: string; payload: { plainToken?: string } }
      if (event === 'endpoint.url_validation') {
        questions += 1
        response
          .writeHead(200, { 'Content-Type': 'application/json' })
          .end(JSON.stringify(answerUrlValidation(payload.plainToken ?? '', secret)))
        return
      }
      received.push({ headers: request.headers, body })
      response.writeHead(answer(received.length)).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  const address = server.address()
  if (!address || typeof address === 'string') throw new Error('The receiver has no port.')
  return {
    url: `http://127.0.0.1:${address.port}/webhooks`,
    received,
    names: (): string[] => received.map(({ body }) => String((JSON.parse(body) as { event: unknown }).event)),
    questions: (): number => questions,
  }
}
