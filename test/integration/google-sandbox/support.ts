import { createServer, type IncomingHttpHeaders } from 'node:http'
import { auth, calendar, type calendar_v3 } from '@googleapis/calendar'
import { onTestFinished } from 'vitest'
import { type GoogleSandbox, type GoogleSandboxOptions, startGoogleSandbox } from '#sandbox/google/start-google-sandbox'

export const clientId = 'parley-test.apps.googleusercontent.com'
export const clientSecret = 'GOCSPX-of-the-suite'
export const redirectUri = 'http://localhost:3000/api/calendar/google/callback'
export const calendarScope = 'https://www.googleapis.com/auth/calendar'
export const ada = 'ada@parley.example'
export const ben = 'ben@parley.example'

type OAuthClient = InstanceType<typeof auth.OAuth2>

/** A client of OAuth whose every endpoint is the sandbox's. */
export const createOAuthClient = (url: string): OAuthClient =>
  new auth.OAuth2({
    clientId,
    clientSecret,
    redirectUri,
    endpoints: {
      oauth2AuthBaseUrl: `${url}/o/oauth2/v2/auth`,
      oauth2TokenUrl: `${url}/token`,
      oauth2RevokeUrl: `${url}/revoke`,
      tokenInfoUrl: `${url}/tokeninfo`,
    },
    transporterOptions: { retryConfig: { retry: 0, noResponseRetries: 0 } },
  })

/** The API in somebody's name, or with a token that is given. */
export const createCalendarClient = (url: string, accessToken: string): calendar_v3.Calendar => {
  const client = createOAuthClient(url)
  client.setCredentials({ access_token: accessToken, expiry_date: Date.now() + 3_600_000 })
  return calendar({ version: 'v3', auth: client, rootUrl: `${url}/`, retry: false })
}

export type Suite = GoogleSandbox & {
  oauth: OAuthClient
  /** The API in the name of Ada, who allowed everything. */
  api: calendar_v3.Calendar
  as: (email: string, scopes?: readonly string[]) => calendar_v3.Calendar
}

/** A sandbox of its own and clients for it; it ends with the test. Ada lives in London, Ben in New York. */
export const startSuite = async (options: Partial<GoogleSandboxOptions> = {}): Promise<Suite> => {
  const sandbox = await startGoogleSandbox({
    port: 0,
    clientId,
    clientSecret,
    people: [
      { email: ada, name: 'Ada Ashe', timeZone: 'Europe/London' },
      { email: ben, name: 'Ben Brook', timeZone: 'America/New_York' },
    ],
    ...options,
  })
  onTestFinished(() => sandbox.close())
  const as = (email: string, scopes: readonly string[] = [calendarScope]) =>
    createCalendarClient(sandbox.url, sandbox.control.grantAccess(email, scopes).accessToken)
  return { ...sandbox, oauth: createOAuthClient(sandbox.url), api: as(ada), as }
}

/** A call that must be refused, and with what. */
export const refusalOf = async (
  call: Promise<unknown>,
): Promise<{ status: number; reason: string; message: string }> => {
  try {
    await call
  } catch (error) {
    const { response, status } = error as {
      status?: number
      response?: { data?: { error?: { errors?: { reason: string }[]; message: string } } }
    }
    const body = response?.data?.error
    return { status: status ?? 0, reason: body?.errors?.[0]?.reason ?? '', message: body?.message ?? String(error) }
  }
  throw new Error('The call was not refused.')
}

export const at = (start: string, end: string, timeZone?: string) => ({
  start: { dateTime: start, timeZone },
  end: { dateTime: end, timeZone },
})

/** An hour of a Monday in winter. */
export const monday = at('2027-01-04T09:00:00Z', '2027-01-04T10:00:00Z')

export type Received = { headers: IncomingHttpHeaders; body: string }

/** An address that keeps what it gets, and answers with what `answer` says. */
export const startReceiver = async (answer: (n: number) => number = () => 200) => {
  const received: Received[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      received.push({ headers: request.headers, body: Buffer.concat(chunks).toString('utf8') })
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
  return { url: `http://127.0.0.1:${address.port}/notifications`, received }
}
