import { withoutStatement } from '#shared/safe-line'

/** E-mail addresses, credentials, and values that the parameters of an address bring along. */
const secrets: readonly (readonly [RegExp, string])[] = [
  [/[\w.!#$%&*+/=?^`{|}~-]+@(?:[\w-]+\.)+[a-z]{2,}(?![\w/])/gi, '…@…'],
  [/\beyJ[\w-]{8,}\.[\w-]+\.[\w-]*/g, '…'],
  [/\b(?:sk|rk|pk)_(?:test|live)_\w+|\bwhsec_\w+|\bre_[A-Za-z0-9]{6,}_\w{10,}|\bcs_(?:test|live)_\w+/g, '…'],
  [/\b(Bearer|JWT|Basic)\s+[\w.~+/=-]{8,}/g, '$1 …'],
  [/((?:token|password|secret|authorization|cookie)["']?\s*[=:]\s*["']?)[^\s"'&;,)]+/gi, '$1…'],
  [/([?&](?:code|state|key|email|search|q)=)[^&\s"']+/gi, '$1…'],
  [/(:\/\/[^/\s:@]+:)[^@\s/]+@/g, '$1…@'],
]

/** Text that others have written, without what it may say of a person or open. */
export const withoutSecrets = (text: string): string =>
  secrets.reduce((safe, [pattern, replacement]) => safe.replace(pattern, replacement), withoutStatement(text))

export type LoggedError = {
  type: string
  message: string
  code?: unknown
  constraint?: unknown
  stack?: string
  cause?: LoggedError
}

/** An error for the log: what failed and where, without SQL, parameters or PostgreSQL's details (which hold the values). */
export const describeError = (error: unknown, depth = 0): LoggedError => {
  if (!(error instanceof Error)) return { type: typeof error, message: withoutSecrets(String(error)) }
  const { code, constraint } = error as { code?: unknown; constraint?: unknown }
  return {
    type: error.name,
    message: withoutSecrets(error.message),
    ...(code === undefined ? {} : { code }),
    ...(constraint === undefined ? {} : { constraint }),
    ...(error.stack ? { stack: withoutSecrets(error.stack) } : {}),
    ...(error.cause instanceof Error && depth < 3 ? { cause: describeError(error.cause, depth + 1) } : {}),
  }
}
