import { format } from 'node:util'
import pino, { type LogFn, type Logger } from 'pino'
import { settings } from '#settings'
import { currentOperation } from '#shared/operation'
import { processName, writeCapturedTo } from './capture-output'
import { decideLogLevel, type Refusal } from './decide-log-level'
import { withoutSecrets } from '#shared/safe-line'
import { describeError } from './describe-error'

/**
 * Where a log line may carry a credential or a person. An error of the database holds the statement with its parameters,
 * so of errors only name, code and stack's places are kept (see {@link describeError}).
 */
const secretPaths = ['password', 'token', 'authorization', 'cookie', 'secret', 'email', 'req.headers'].flatMap(
  (key) => [key, `*.${key}`],
)

const destination = pino.destination({ fd: 1, sync: settings.logLevel === 'silent', minLength: 4096 })

// Buffered for the hot path, so what is left is written every second and at the end.
if (settings.logLevel !== 'silent') {
  setInterval(() => destination.flush(), 1_000).unref()
  process.on('exit', () => destination.flushSync())
}

type Line = Record<string, unknown>

/** Who gives what every line has anyway finds it as `given_…`. */
const withoutDoubles = (fields: Line, taken: readonly string[]): Line => {
  if (!taken.some((key) => key in fields)) return fields
  return Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [taken.includes(key) ? `given_${key}` : key, value]),
  )
}

/** Whatever a logger may be called with, as one object in which every key stands once. */
const toLine = (first: unknown, rest: readonly unknown[]): Line => {
  if (typeof first !== 'object' || first === null) return { msg: format(first, ...rest) }
  const { msg, ...fields }: Line = first instanceof Error ? { err: first } : { ...first }
  const own = typeof msg === 'string' ? msg : undefined
  const added = rest.length ? format(...rest) : undefined
  const text = own !== undefined && added !== undefined && own !== added ? `${own}: ${added}` : (own ?? added)
  // Without a message of its own a line takes that of its error, which `describeError` has made harmless.
  return { ...fields, msg: text ?? (fields.err === undefined ? '' : describeError(fields.err).message) }
}

/** Payload logs whatever it answers as an error, and says nothing about it: see {@link decideLogLevel}. Who says something means it. */
const findRefusal = (first: unknown, rest: readonly unknown[]): Refusal | undefined => {
  if (first instanceof Error) return rest.length ? undefined : decideLogLevel(first)
  if (typeof first !== 'object' || first === null || !('err' in first)) return undefined
  return rest.length || 'msg' in first ? undefined : decideLogLevel(first.err)
}

const errorLevel = 50
const warnLevel = 40

const namesOf = new WeakMap<Logger, readonly string[]>()

/** What every line of a logger has; a child has more of it. */
const takenOf = (log: Logger): readonly string[] => {
  const known = namesOf.get(log)
  if (known) return known
  const taken = ['level', 'time', 'pid', ...Object.keys(log.bindings())]
  namesOf.set(log, taken)
  return taken
}

/** A logger whose every line is one JSON object with each key once, and holds no secret. */
export const createLogger = (destination: pino.DestinationStream, level: string): Logger =>
  pino(
    {
      level,
      base: { pid: process.pid, process: processName },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (name) => ({ level: name }) },
      serializers: { err: (error: unknown) => describeError(error), error: (error: unknown) => describeError(error) },
      redact: { paths: secretPaths, censor: '…' },
      hooks: { logMethod },
    },
    destination,
  )

function logMethod(this: Logger, args: Parameters<LogFn>, method: LogFn, level: number): void {
  const [first, ...rest]: unknown[] = args
  const line = toLine(first, rest)
  const refusal = level === errorLevel ? findRefusal(first, rest) : undefined
  if (refusal) {
    const { err, ...others } = line
    return this[refusal.level]({ ...others, ...(refusal.level === 'warn' ? { err } : {}), refused: refusal.refused })
  }
  const operation = currentOperation()
  if (operation?.requestId !== undefined) line.requestId ??= operation.requestId
  if (level >= warnLevel) {
    line.msg = withoutSecrets(String(line.msg))
    if (operation) line.operation ??= operation.name
  }
  method.call(this, withoutDoubles(line, takenOf(this)))
}

/** The one log of a process: a JSON line an event, on stdout. Also Payload's logger. */
export const logger = createLogger(destination, settings.logLevel)

writeCapturedTo((level, line) => logger[level](line))
