const verb =
  /^\s*(?:\/\*.*?\*\/\s*)?(with|select|insert|update|delete|begin|commit|rollback|savepoint|release|set|listen|notify|do|call)\b/i
const table = /\b(?:from|into|update)\s+(?:only\s+)?((?:"?[a-z_][\w]*"?\.)?"?[a-z_][\w]*"?)/i

/**
 * What a statement does, in two words and without its values: `SELECT scheduled_sessions`; the name of one that is prepared.
 */
export const nameStatement = (query: unknown): string => {
  const { name, text } = typeof query === 'string' ? { name: undefined, text: query } : partsOf(query)
  if (name !== undefined) return name
  const what = verb.exec(text)?.[1]?.toUpperCase() ?? 'statement'
  const where = /^(?:WITH|SELECT|INSERT|UPDATE|DELETE)$/.test(what)
    ? table.exec(text)?.[1]?.replaceAll('"', '')
    : undefined
  return where === undefined ? what : `${what} ${where}`
}

const partsOf = (query: unknown): { name: string | undefined; text: string } => {
  const { name, text } = (typeof query === 'object' && query !== null ? query : {}) as {
    name?: unknown
    text?: unknown
  }
  return { name: typeof name === 'string' && name ? name : undefined, text: typeof text === 'string' ? text : '' }
}
