import { writeSync } from 'node:fs'
import path from 'node:path'
import { format, stripVTControlCharacters } from 'node:util'
import { withoutSecrets } from '#shared/safe-line'
import { describeError } from './describe-error'

const levels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const
type Level = Exclude<(typeof levels)[number], 'silent'>
type Line = { msg: string; err?: unknown; [key: string]: unknown }
type Write = (level: Level, line: Line) => void

/** Which of our processes this is: `web`, `worker`, `start`, `sandboxes`. */
export const processName = path.parse(process.argv[1] ?? '').name

let isCapturing = false
let least: (typeof levels)[number] = 'info'

/** Until there is a log: the same lines, written at once. */
let write: Write = (level, { err, ...line }) => {
  if (levels.indexOf(level) < levels.indexOf(least)) return
  const head = { level, time: new Date().toISOString(), pid: process.pid, process: processName }
  writeSync(1, `${JSON.stringify({ ...head, ...(err === undefined ? {} : { err: describeError(err) }), ...line })}\n`)
}

/** What is captured goes there from now on. */
export const writeCapturedTo = (log: Write): void => {
  write = log
}

/**
 * From now on whatever this process says is a line of JSON in the log, also what packages and Node write to the console, to the two streams or as a warning.
 * What Node writes as it crashes (out of memory) is not.
 */
export const captureOutput = (logLevel: string | undefined): void => {
  isCapturing = true
  least = levels.find((level) => level === logLevel) ?? 'info'
  for (const [method, level] of Object.entries(ofConsole)) {
    console[method as keyof typeof ofConsole] = (...said: unknown[]) => writeSaid(level, said)
  }
  captureStream(process.stdout, 'info')
  captureStream(process.stderr, 'warn')
  process.removeAllListeners('warning')
  process.on('warning', ({ name, message, ...rest }) => {
    const code = 'code' in rest ? { code: rest.code } : {}
    write(name === 'DeprecationWarning' ? 'info' : 'warn', { warning: name, ...code, msg: withoutSecrets(message) })
  })
}

const ofConsole = {
  debug: 'debug',
  trace: 'debug',
  log: 'info',
  info: 'info',
  warn: 'warn',
  error: 'error',
} as const satisfies Partial<Record<keyof Console, Level>>

/** Without colours, and without the signs that Next puts in front. */
const plain = (text: string): string =>
  withoutSecrets(
    stripVTControlCharacters(text)
      .replace(/^[^\p{L}\p{N}"'`([{</@]+/u, '')
      .trimEnd(),
  )

const writeSaid = (level: Level, said: readonly unknown[]): void => {
  const err = said.find((one) => one instanceof Error)
  const text = plain(format(...said.filter((one) => one !== err)))
  const msg = text || (err ? describeError(err).message : '')
  if (msg) write(level, { ...(err ? { err } : {}), msg })
}

const captureStream = (stream: NodeJS.WriteStream, level: Level): void => {
  let begun = ''
  const end = () => {
    const msg = plain(begun)
    begun = ''
    if (msg) write(level, { msg })
  }
  stream.write = (chunk: Uint8Array | string, ...[encoding, callback]: unknown[]): boolean => {
    begun += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString()
    if (begun.endsWith('\n')) end()
    const done = typeof encoding === 'function' ? encoding : callback
    if (typeof done === 'function') process.nextTick(() => void done())
    return true
  }
  process.on('exit', end)
}

/** The last words of a process: one line of the log where output is captured, else `text` for a person to read. */
export const sayLast = (text: string, error?: Error): void => {
  if (!isCapturing) process.stderr.write(`${text}\n`)
  else if (error) write('fatal', { err: error, msg: describeError(error).message })
  else write('fatal', { msg: withoutSecrets(text) })
}
