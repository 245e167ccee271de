import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getPayload, type Payload, type SanitizedConfig } from 'payload'
import { settings } from '#settings'
import { createApiHandler, type ApiHandler } from './api-handler'
import { isCacheablePage, serveCacheablePage } from './cacheable-page'
import { clientAddress } from './client-address'
import { pageInsteadOf } from './closed-page'
import { decideForeignRequest } from './decide-foreign-request'
import { projectRoot } from './environment'
import { findDearList } from './find-dear-list'
import { isFollowedLink } from './followed-link'
import { isMalformedPath } from './is-malformed-path'
import { isMissingExpert } from './is-missing-expert'
import { keepPrivate } from './keep-private'
import { listen } from './listen'
import { loggableUrl } from './loggable-url'
import { logger } from './logger'
import { observeProcess } from './observe-process'
import { ownAddressOf } from './own-address'
import { closePayload } from './open-payload'
import { problemAnswer } from './problem-answer'
import { bodyLimit, readBody } from './read-body'
import { refusalPage } from './refusal-page'
import { requestIdFrom } from './request-id'
import { apiHeaders, pageHeaders } from './security-headers'
import { renderSecurityText, securityTextPath } from './security-text'
import { createRouteLabel } from './route-label'
import { shareConfig } from '#shared/shared-config'
import { sendResponse } from './send-response'
import { boundConnections, requestTimeouts } from './slow-clients'
import { isMeasuring } from '#observability/measure'
import { noteRequest } from '#observability/note'
import { type Span, traceOpenWork } from '#observability/traces'
import { nameOperation, runOperation } from '#shared/operation'
import { noteWebProcess } from '#shared/web-process'

export type WebServer = {
  port: number
  payload: Payload
  /** Takes no new connections, lets running requests end (10 s at most), closes the database. */
  close: () => Promise<void>
}

export type WebServerOptions = {
  /** 0 = any free port. */
  port: number
  host?: string
  /** Pages and admin: from the production build, from the development server, or none (API only). */
  next: 'production' | 'development' | 'none'
  /** Another configuration than `payload.config.ts`: the benchmarks add a collection to compare with. */
  config?: Promise<SanitizedConfig>
}

/** What a request is, for whoever looks from outside. */
type Work = { operation: { name: string; requestId: string }; span: Span | undefined }

const drainMs = 10_000

/** How a span of a request ends: with its route, and never with its address, which may hold a token. */
const describeEnd = (name: string, method = '', status: number) => ({
  name,
  attributes: {
    'http.request.method': method,
    'http.response.status_code': status,
    ...(name.startsWith(`${method} `) ? { 'http.route': name.slice(method.length + 1) } : {}),
  },
  fault: status >= 500 ? String(status) : undefined,
})

const toRequest = (from: IncomingMessage, body: Buffer | undefined, signal: AbortSignal): Request => {
  const headers = new Headers()
  for (let i = 0; i < from.rawHeaders.length; i += 2) {
    const name = from.rawHeaders[i]?.toLowerCase() ?? ''
    // These were checked or replaced on the way in; see `serve`.
    if (name !== 'x-forwarded-for' && name !== 'x-request-id') headers.append(name, from.rawHeaders[i + 1] ?? '')
  }
  headers.set('x-forwarded-for', String(from.headers['x-forwarded-for']))
  headers.set('x-request-id', String(from.headers['x-request-id']))
  return new Request(settings.serverUrl + (from.url ?? '/'), {
    method: from.method === 'HEAD' ? 'GET' : (from.method ?? 'GET'),
    headers,
    signal,
    ...(body?.length ? { body: new Uint8Array(body) } : {}),
  })
}

const serveApi = async (
  handle: ApiHandler,
  {
    from,
    to,
    requestId,
    uploads,
  }: { from: IncomingMessage; to: ServerResponse; requestId: string; uploads: readonly string[] },
): Promise<void> => {
  const limit = bodyLimit(from, uploads)
  const hasBody = from.method !== 'GET' && from.method !== 'HEAD'
  const body = hasBody ? await readBody(from, limit) : undefined
  if (hasBody && !body) {
    to.setHeader('Connection', 'close')
    const detail = `The body may be at most ${limit / 1_000_000} MB.`
    return sendResponse(problemAnswer('payload_too_large', detail, requestId), to)
  }
  const abort = new AbortController()
  to.once('close', () => {
    if (!to.writableFinished) abort.abort()
  })
  return sendResponse(await handle(toRequest(from, body, abort.signal), requestId), to)
}

/** A proxy that is trusted may have asked us by another name than it was asked. */
const originOfRequest = ({ headers }: IncomingMessage) => ({
  origin: headers.origin,
  fetchSite: headers['sec-fetch-site']?.toString(),
  hosts: [headers.host, headers['x-forwarded-host']?.toString()].flatMap((host) => host ?? []),
  origins: [settings.serverUrl, ...settings.corsOrigins],
})

/** Methods that no answer of the standard's `fetch` can be made for. */
const isUnservedMethod = (method = ''): boolean => method === 'TRACE' || method === 'CONNECT'

const answerSecurityText = (contact: string): Response =>
  new Response(renderSecurityText({ contact, serverUrl: settings.serverUrl, now: Date.now() }), {
    headers: { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'public, max-age=86400' },
  })

/** Next takes the nonce of its scripts from this header of the request. */
const servePage = async (
  handle: (from: IncomingMessage, to: ServerResponse) => Promise<void>,
  { from, to, dev, isMissing }: { from: IncomingMessage; to: ServerResponse; dev: boolean; isMissing: boolean },
): Promise<void> => {
  const nonce = randomBytes(16).toString('base64')
  const headers = pageHeaders({ url: from.url ?? '/', nonce, dev })
  from.headers['content-security-policy'] = headers['Content-Security-Policy']
  if (isFollowedLink(from.method, from.headers)) from.headers['sec-fetch-site'] = 'none'
  for (const [name, value] of Object.entries(headers)) to.setHeader(name, value)
  keepPrivate(to, { isMissing })
  await handle(from, to)
}

const prepareNext = async (mode: 'production' | 'development', port: number) => {
  noteWebProcess()
  const { default: next } = await import('next')
  const dev = mode === 'development'
  const app = next({ dev, dir: projectRoot, hostname: settings.host, port, quiet: true })
  await app.prepare()
  return { handle: app.getRequestHandler(), close: () => app.close() }
}

/**
 * The web process: `/api/*` goes straight to Payload, everything else to Next in the same process. Both share one Payload
 * instance. One log line a request; request ids in and out.
 * @throws StartError when the port is in use.
 */
export const createWebServer = async ({
  port,
  host = settings.host,
  next,
  config,
}: WebServerOptions): Promise<WebServer> => {
  const composed = config ?? (await import('../../payload.config')).default
  shareConfig(composed)
  const payload = await getPayload({ config: composed })
  const api = createApiHandler(payload)
  const endObserving = await observeProcess(payload, 'web')
  const labelRoute = createRouteLabel(payload)
  const uploads = payload.config.collections.flatMap(({ slug, upload }) => (upload ? [slug] : []))
  const pages = next === 'none' ? undefined : await prepareNext(next, port)

  const serve = async (from: IncomingMessage, to: ServerResponse, { operation, span }: Work): Promise<void> => {
    const { requestId } = operation
    const startedAt = performance.now()
    const url = from.url ?? '/'
    const address = clientAddress({
      forwardedFor: from.headers['x-forwarded-for']?.toString(),
      socketAddress: from.socket.remoteAddress,
      trustedProxies: settings.trustedProxies,
    })
    from.headers['x-forwarded-for'] = address
    from.headers['x-request-id'] = requestId
    if (!settings.trustedProxies) {
      // Next believes these when it checks where a form comes from.
      delete from.headers['x-forwarded-host']
      delete from.headers['x-forwarded-proto']
    }
    to.setHeader('X-Request-Id', requestId)
    // Of every answer, refusals of the server itself among them; pages have others.
    for (const [name, value] of Object.entries(apiHeaders(url))) to.setHeader(name, value)
    const isOver = isMeasuring() ? noteRequest() : undefined
    to.once('close', () => {
      const ms = performance.now() - startedAt
      isOver?.({
        route: labelRoute(operation.name),
        status: to.statusCode,
        isAborted: !to.writableFinished,
        seconds: ms / 1_000,
      })
      span?.end(describeEnd(operation.name, from.method, to.statusCode))
      const line = {
        msg: 'request',
        method: from.method,
        url: loggableUrl(url),
        status: to.statusCode,
        ms: Math.round(ms * 10) / 10,
        requestId,
        address,
        ...(to.writableFinished ? {} : { aborted: true }),
      }
      if (to.statusCode >= 500) logger.warn(line)
      else logger.info(line)
    })
    try {
      const foreign = decideForeignRequest({ method: from.method, ...originOfRequest(from) })
      if (foreign !== undefined) {
        // Its body is not read.
        to.setHeader('Connection', 'close')
        return await sendResponse(problemAnswer('forbidden', foreign, requestId), to)
      }
      const [pathname = ''] = url.split('?', 1)
      if (isUnservedMethod(from.method)) {
        const detail = 'Nothing here is asked with this method.'
        const allowed = { Allow: 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS' }
        return await sendResponse(problemAnswer('method_not_allowed', detail, requestId, allowed), to)
      }
      if (pathname === securityTextPath && settings.securityContact !== undefined) {
        return await sendResponse(answerSecurityText(settings.securityContact), to)
      }
      const isApi = url.startsWith('/api/') || url === '/api' || url.startsWith('/api?')
      if (!url.startsWith('/') || (!isApi && isMalformedPath(pathname))) {
        await sendResponse(problemAnswer('invalid_request', 'The address is not valid.', requestId), to)
      } else if (isApi) {
        await serveApi(api, { from, to, requestId, uploads })
      } else {
        const ask = () => toRequest(from, undefined, new AbortController().signal)
        const dear = await findDearList(payload, { url, ask })
        if (dear !== undefined) return await sendResponse(refusalPage(dear), to)
        if (!pages) {
          return await sendResponse(problemAnswer('not_found', 'There is nothing at this address.', requestId), to)
        }
        const { method, headers } = from
        const instead =
          ownAddressOf({ method, host: headers.host, url }, settings.serverUrl) ??
          pageInsteadOf(pathname, payload.config.routes.admin)
        if (instead !== undefined) {
          return await sendResponse(new Response(null, { status: 303, headers: { Location: instead } }), to)
        }
        nameOperation(/^\/admin(?:[/?]|$)/.test(url) ? 'page admin' : 'page site')
        const dev = next === 'development'
        const isMissing = await isMissingExpert(payload, from)
        // Next says of its own files how long they may be kept.
        for (const name of ['Cache-Control', 'Vary']) to.removeHeader(name)
        if (!dev && isCacheablePage(from, payload.config.cookiePrefix)) {
          await serveCacheablePage(pages.handle, { from, to, isMissing })
        } else {
          await servePage(pages.handle, { from, to, dev, isMissing })
        }
      }
    } catch (error) {
      if (from.destroyed && !from.complete) return void to.destroy()
      logger.error({ err: error, requestId, msg: 'A request failed' })
      if (to.headersSent) return void to.destroy()
      await sendResponse(
        problemAnswer('internal_error', `Please report it with the number ${requestId}.`, requestId),
        to,
      ).catch(() => to.destroy())
    }
  }

  const server = createServer(requestTimeouts(), (from, to) => {
    const operation = { name: 'request', requestId: requestIdFrom(from.headers['x-request-id']) }
    const span = { name: 'request', kind: 'server', parent: from.headers.traceparent?.toString() } as const
    void runOperation(operation, () => traceOpenWork(span, (open) => serve(from, to, { operation, span: open })))
  })
  boundConnections(server)
  try {
    await listen(server, { port, host, setting: 'PORT' })
  } catch (error) {
    await endObserving()
    await pages?.close()
    await closePayload(payload)
    throw error
  }

  const close = async (): Promise<void> => {
    const closed = new Promise((resolve) => server.close(resolve))
    // Again and again: a connection is idle, and kept alive, once its running request is answered.
    const sweep = setInterval(() => server.closeIdleConnections(), 50)
    server.closeIdleConnections()
    const cutOff = setTimeout(() => server.closeAllConnections(), drainMs)
    await closed
    clearTimeout(cutOff)
    clearInterval(sweep)
    await endObserving()
    await pages?.close()
    await closePayload(payload)
  }
  return { port: (server.address() as AddressInfo).port, payload, close }
}
