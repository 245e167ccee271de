/** A schema leaves away what it does not declare: where in `value` something is that did not come through, as dotted paths. */
export const listUndeclared = (value: unknown, parsed: unknown, path = ''): string[] => {
  if (typeof value !== 'object' || value === null || typeof parsed !== 'object' || parsed === null) return []
  const known = new Map(Object.entries(parsed))
  return Object.entries(value).flatMap(([key, inner]) => {
    const at = path ? `${path}.${key}` : key
    return known.has(key) ? listUndeclared(inner, known.get(key), at) : [at]
  })
}
