import { AsyncLocalStorage } from 'node:async_hooks'

/** Values that name nobody: patterns, names of statements, codes. */
export type Attributes = Readonly<Record<string, string | number>>

export type SpanOptions = {
  name: string
  kind: 'server' | 'client' | 'consumer'
  attributes?: Attributes
  /** What it is a part of, as W3C's `traceparent`. */
  parent?: string | undefined
  /** What it came out of, without being a part of it. */
  link?: string | undefined
  /** Milliseconds since the epoch, where it is told of afterwards. */
  startedAt?: number
}

export type Span = {
  traceparent: string
  /** @param fault in a word, where it has failed. */
  end: (end?: { name?: string; attributes?: Attributes; fault?: string | undefined }) => void
}

export type Tracer = { start: (options: SpanOptions) => Span; close: () => Promise<void> }

let tracer: Tracer | undefined
const current = new AsyncLocalStorage<Span>()

export const isTracing = (): boolean => tracer !== undefined

/** From now on spans go to this one; undefined: there are none. */
export const setTracer = (next: Tracer | undefined): void => {
  tracer = next
}

/** A part of what is being done here; undefined where nothing is traced, or nothing is being done that is. */
export const startPart = (options: Omit<SpanOptions, 'parent' | 'link'>): Span | undefined => {
  const parent = current.getStore()
  return parent && tracer?.start({ ...options, parent: parent.traceparent })
}

/** Runs something whose parts belong to it, and tells of it by the end of `run`. */
export const traceWork = async (options: SpanOptions, run: () => Promise<void>): Promise<void> => {
  const span = tracer?.start(options)
  if (!span) return run()
  try {
    await current.run(span, run)
    span.end()
  } catch (error) {
    span.end({ fault: error instanceof Error ? error.name : 'error' })
    throw error
  }
}

/** The same for what ends elsewhere. @returns what `run` gives, and its span, which whoever calls ends. */
export const traceOpenWork = <T>(options: SpanOptions, run: (span: Span | undefined) => T): T => {
  const span = tracer?.start(options)
  return span ? current.run(span, () => run(span)) : run(undefined)
}

const mark = 'traceparent'

/** What a job is given, with where it comes from; as it is where nothing is traced. */
export const markPayload = <T extends object>(payload: T): T => {
  const span = tracer && current.getStore()
  return span ? { ...payload, [mark]: span.traceparent } : payload
}

/** Takes that out again. */
export const readMark = (payload: unknown): { link: string | undefined; payload: unknown } => {
  if (typeof payload !== 'object' || payload === null || !(mark in payload)) return { link: undefined, payload }
  const { [mark]: link, ...rest } = payload
  return { link: typeof link === 'string' ? link : undefined, payload: rest }
}
