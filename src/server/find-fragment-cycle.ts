import { type DocumentNode, type FragmentDefinitionNode, Kind, parse, visit } from 'graphql'

/**
 * A fragment of a GraphQL query that leads back to itself. GraphQL refuses it, but what counts the cost of a query follows it for ever before that.
 * @param body of the request, as it came.
 * @returns its name; undefined where there is none, or where the body is no query that can be read.
 */
export const findFragmentCycle = (body: string): string | undefined => {
  if (!body.includes('fragment')) return undefined
  const document = readQuery(body)
  if (!document) return undefined
  const spreads = new Map(
    document.definitions
      .filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION)
      .map((fragment) => [fragment.name.value, spreadsOf(fragment)]),
  )
  const sound = new Set<string>()
  const follow = (name: string, path: readonly string[]): string | undefined => {
    if (path.includes(name)) return name
    if (sound.has(name)) return undefined
    for (const next of spreads.get(name) ?? []) {
      const found = follow(next, [...path, name])
      if (found !== undefined) return found
    }
    sound.add(name)
    return undefined
  }
  for (const name of spreads.keys()) {
    const found = follow(name, [])
    if (found !== undefined) return found
  }
  return undefined
}

const readQuery = (body: string): DocumentNode | undefined => {
  try {
    const sent: unknown = JSON.parse(body)
    const query = typeof sent === 'object' && sent !== null && 'query' in sent ? sent.query : undefined
    return typeof query === 'string' ? parse(query, { maxTokens: 20_000 }) : undefined
  } catch {
    return undefined
  }
}

const spreadsOf = (fragment: FragmentDefinitionNode): string[] => {
  const names: string[] = []
  visit(fragment, {
    FragmentSpread: ({ name }) => {
      names.push(name.value)
    },
  })
  return names
}
