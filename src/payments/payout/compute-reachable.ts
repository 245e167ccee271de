/** A table of states, as far as the ways between them go. */
type Ways<Name extends string> = Readonly<Record<Name, { readonly to: { readonly [Next in Name]?: unknown } }>>

/**
 * Whether the table leads from one state to another, over however many steps. News of a step can be missed (an event that
 * never came, two steps at once), but no step that the table does not have is ever made.
 */
export const isReachable = <Name extends string>(table: Ways<Name>, from: Name, to: Name): boolean => {
  const seen = new Set<string>()
  const next: string[] = [from]
  for (let state = next.pop(); state !== undefined; state = next.pop()) {
    if (state === to) return true
    if (seen.has(state)) continue
    seen.add(state)
    next.push(...Object.keys(table[state as Name].to))
  }
  return false
}
