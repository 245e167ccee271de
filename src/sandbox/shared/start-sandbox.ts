import { type Action, controlRefusal, handleControl, type Views } from './control-actions'
import { type Handle, startHttpServer } from './http-server'
import { isFromElsewhere } from './is-from-elsewhere'
import { SandboxRefusal } from './refusal'
import { createRouteTable } from './route-table'

/** What every sandbox is told. */
export type SandboxOptions = {
  /** 0 = any free one. */
  port: number
  /** Address to listen on; default 127.0.0.1. */
  host?: string | undefined
  /** How browsers and the API's clients reach the sandbox; default `http://localhost:{port}`. */
  publicUrl?: string | undefined
  /** Where the state is kept over restarts; without it in memory only. */
  stateFile?: string | undefined
}

export type SendingOptions = {
  /** Pauses before the second, third … attempt to bring a message, ms. */
  retryDelays?: readonly number[] | undefined
}

/** A page for people. */
export type Page = {
  /** `:name` stands for one segment. */
  path: string
  /** Whether it has forms, which come to its own address. */
  takesForms?: boolean
  handle: (request: Request, ...segments: string[]) => Promise<Response> | Response
}

/** Where a sandbox keeps what it knows. */
export type Store = {
  /** Resolves when everything that changed so far would survive a kill. */
  flush: () => Promise<void>
  close: () => Promise<void>
}

/** What a sandbox is made of. */
type SandboxParts<Control> = {
  /** Its knobs, for tests and for its pages. */
  control: Control
  /** The same over HTTP, under `/_sandbox/`. */
  actions: readonly Action<Control>[]
  /** What can be read under `/_sandbox/`. */
  views?: Views<Control>
  pages: readonly Page[]
  /** Answers whatever is neither a knob nor a page. */
  api: Handle
  /** An answer of the frame in the provider's shape. */
  toError: (status: number, message: string) => Response
  /** Once it can be reached: sends what had not arrived when it was stopped. */
  begin?: () => void
  /** Stops whatever happens by itself. */
  close: () => void
}

export type Sandbox<Control> = {
  url: string
  port: number
  control: Control
  /** Stops what happens by itself, writes the state, frees the port. */
  close: () => Promise<void>
}

const defaultLongestBody = 1024 * 1024

const toHandle = <Control>({ control, actions, views = {}, pages, api }: SandboxParts<Control>): Handle => {
  const findPage = createRouteTable(
    pages.flatMap((page) =>
      ['GET', 'HEAD', ...(page.takesForms ? ['POST'] : [])].map((method) => ({ ...page, method })),
    ),
  )
  return (request) => {
    const { pathname } = new URL(request.url)
    if (pathname.startsWith('/_sandbox/')) {
      return isFromElsewhere(request)
        ? controlRefusal(403, 'Only from the sandbox’s own pages.')
        : handleControl({ actions, views, control, request })
    }
    const found = findPage(request.method, pathname)
    if (!found) return api(request)
    if (isFromElsewhere(request)) return new Response('Forbidden', { status: 403 })
    return found.route.handle(request, ...found.segments)
  }
}

/**
 * Starts a sandbox: its server, its knobs, its pages and its API.
 * @param setUp makes its parts once its address is known. `signal` is aborted when it closes; `writeLater` writes what changed
 * by itself.
 * @throws Error when the port is in use, or the state cannot be read.
 */
export const startSandbox = async <Control, Kept extends Store>(
  options: Pick<SandboxOptions, 'port' | 'host' | 'publicUrl'> & {
    /** Whose it is, for people. */
    name: string
    /** Asked once the port is its own, so that no two write to one file. */
    open: () => Promise<Kept>
    /** Bytes; default 1 MiB. */
    longestBody?: number
  },
  setUp: (frame: {
    store: Kept
    url: string
    signal: AbortSignal
    writeLater: () => Promise<void>
  }) => SandboxParts<Control>,
): Promise<Sandbox<Control>> => {
  const { name } = options
  const stop = new AbortController()
  let store: Kept | undefined
  let parts: SandboxParts<Control> | undefined
  let handle: Handle = () => new Response('Starting', { status: 503 })
  const server = await startHttpServer({
    port: options.port,
    host: options.host ?? '127.0.0.1',
    longestBody: options.longestBody ?? defaultLongestBody,
    handle: async (request) => {
      try {
        return await handle(request)
      } catch (error) {
        if (error instanceof SandboxRefusal) return error.toResponse()
        throw error
      }
    },
    refuse: (status, error) => {
      if (status === 500) console.error(`The ${name} sandbox has a fault of its own:`, error)
      const message = error instanceof Error ? error.message : String(error)
      return parts?.toError(status, message) ?? new Response(message, { status })
    },
  })
  const close = async (): Promise<void> => {
    stop.abort()
    parts?.close()
    await server.close()
    await store?.close()
  }
  try {
    const kept = (store = await options.open())
    const url = (options.publicUrl ?? `http://localhost:${server.port}`).replace(/\/$/, '')
    /** What happens by itself has nobody to tell that the file could not be written. */
    const writeLater = (): Promise<void> =>
      kept.flush().catch((error: unknown) => console.error(`The ${name} sandbox could not write its state:`, error))
    parts = setUp({ store: kept, url, signal: stop.signal, writeLater })
    handle = toHandle(parts)
    await kept.flush()
    parts.begin?.()
    return { url, port: server.port, control: parts.control, close }
  } catch (error) {
    await close()
    throw error
  }
}
