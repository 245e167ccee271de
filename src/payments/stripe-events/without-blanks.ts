/** JSON without what says nothing: null, empty lists and objects. Two thirds of what Stripe sends are such. */
export const withoutBlanks = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withoutBlanks)
  if (typeof value !== 'object' || value === null) return value
  const kept = Object.entries(value)
    .map(([name, inner]) => [name, withoutBlanks(inner)] as const)
    .filter(([, inner]) => !isBlank(inner))
  return Object.fromEntries(kept)
}

const isBlank = (value: unknown): boolean =>
  value === null || (typeof value === 'object' && Object.keys(value).length === 0)
