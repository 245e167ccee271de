import pino from 'pino'
import { isSlotTaken } from '#database/explain-database-error'
import { settings } from '#settings'
import { DomainError } from '#shared/errors'
import { withoutStatement } from '#shared/safe-line'

/**
 * Where a log line may carry a credential or a person. An error of the database holds the statement with its parameters,
 * so of errors only name, code and stack's places are kept (see {@link describeError}).
 */
const secretPaths = ['password', 'token', 'authorization', 'cookie', 'secret', 'email', 'req.headers'].flatMap(
  (key) => [key, `*.${key}`],
)

type LoggedError = {
  type: string
  message: string
  code?: unknown
  constraint?: unknown
  stack?: string
  cause?: LoggedError
}

/** An error for the log: what failed and where, without SQL, parameters or PostgreSQL's details (which hold the values). */
export const describeError = (error: unknown, depth = 0): LoggedError => {
  if (!(error instanceof Error)) return { type: typeof error, message: withoutStatement(String(error)) }
  const { code, constraint } = error as { code?: unknown; constraint?: unknown }
  return {
    type: error.name,
    message: withoutStatement(error.message),
    ...(code === undefined ? {} : { code }),
    ...(constraint === undefined ? {} : { constraint }),
    ...(error.stack ? { stack: withoutStatement(error.stack) } : {}),
    ...(error.cause instanceof Error && depth < 3 ? { cause: describeError(error.cause, depth + 1) } : {}),
  }
}

const destination = pino.destination({ fd: 1, sync: settings.logLevel === 'silent', minLength: 4096 })

// Buffered for the hot path, so what is left is written every second and at the end.
if (settings.logLevel !== 'silent') {
  setInterval(() => destination.flush(), 1_000).unref()
  process.on('exit', () => destination.flushSync())
}

const errorIn = (first: unknown): Error | undefined =>
  typeof first === 'object' && first !== null && 'err' in first && first.err instanceof Error ? first.err : undefined

/** Refusals are answers, not faults; Payload logs every error that reaches it. A taken time is one, too. */
const isRefusal = (error: Error): boolean => (error instanceof DomainError && error.status < 500) || isSlotTaken(error)

/** The one log of a process: a JSON line an event, on stdout. Also Payload's logger. */
export const logger = pino(
  {
    level: settings.logLevel,
    base: { pid: process.pid },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (level) => ({ level }) },
    serializers: { err: (error: unknown) => describeError(error), error: (error: unknown) => describeError(error) },
    redact: { paths: secretPaths, censor: '…' },
    hooks: {
      logMethod(args, method, level) {
        const [first, message, ...rest] = args as [unknown, string | undefined, ...unknown[]]
        const error = errorIn(first)
        if (!error) return method.apply(this, args)
        // Without a message of its own a line takes that of the error, with the statement and its parameters.
        const text = message ?? describeError(error).message
        if (level >= 50 && isRefusal(error)) return this.info({ refused: error.name, msg: text })
        return method.apply(this, [first, text, ...rest] as Parameters<typeof method>)
      },
    },
  },
  destination,
)
