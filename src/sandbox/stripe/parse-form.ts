/** Nested parameters, all of whose leaves are text, as `a[b][0]=c` describes them. */
export type FormValue = string | FormValue[] | { [key: string]: FormValue }
export type FormObject = { [key: string]: FormValue }

const segmentsOf = (key: string): string[] | undefined => {
  const match = /^([^[\]]+)((?:\[[^[\]]*\])*)$/.exec(key)
  if (!match) return undefined
  const [, head = '', rest = ''] = match
  return [head, ...[...rest.matchAll(/\[([^[\]]*)\]/g)].map((part) => part[1] ?? '')]
}

type Tree = Map<string, Tree | string>

/** A tree whose keys are 0 … n−1, or were all written as `[]`, is a list. */
const toValue = (tree: Tree): FormValue => {
  const entries = [...tree].map(([key, value]) => [key, typeof value === 'string' ? value : toValue(value)] as const)
  if (entries.length && entries.every(([key], index) => key === String(index))) return entries.map(([, value]) => value)
  return Object.fromEntries(entries)
}

/**
 * Stripe's form encoding, in a body or a query string.
 * @returns undefined when a key is malformed, or given as a value and as an object at once.
 */
export const parseForm = (text: string): FormObject | undefined => {
  const root: Tree = new Map()
  for (const [key, value] of new URLSearchParams(text)) {
    const segments = segmentsOf(key)
    if (!segments || segments.length > 12 || segments.includes('__proto__')) return undefined
    let node = root
    for (const [index, written] of segments.entries()) {
      const segment = written === '' ? String(node.size) : written
      if (index === segments.length - 1) {
        if (node.get(segment) instanceof Map) return undefined
        node.set(segment, value)
        break
      }
      let next = node.get(segment)
      if (next === undefined) node.set(segment, (next = new Map()))
      if (typeof next === 'string') return undefined
      node = next
    }
  }
  const entries = [...root].map(([key, value]) => [key, typeof value === 'string' ? value : toValue(value)] as const)
  return Object.fromEntries(entries)
}
