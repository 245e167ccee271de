import { type DefinitionNode, type DocumentNode, GraphQLError, Kind, parse, type SelectionSetNode } from 'graphql'

/** Payload's `maxComplexity` allows some hundreds of fields; what names many more is not worth the time that checking it takes. */
const mostSelections = 2_000
const mostTokens = 20_000

/**
 * What is wrong with a GraphQL document that cannot be left to GraphQL to find out: what counts the cost of a query follows a fragment that leads back to
 * itself for ever, and one that holds another one twice, which does so in turn, as often as that makes; what compares its fields compares each with each.
 * @param body of the request, as it came.
 * @returns what to say of it; undefined where nothing is wrong, or where the body is no query that can be read.
 */
export const findDocumentFault = (body: string): string | undefined => {
  const document = readQuery(body)
  if (document === undefined || typeof document === 'string') return document
  const fragments = new Map(
    document.definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition.selectionSet] as const] : [],
    ),
  )
  const { cycle, selections } = measure(fragments, document.definitions)
  if (cycle !== undefined) return `Cannot spread fragment "${cycle}" within itself.`
  return selections > mostSelections
    ? `The query names ${selections} fields with those of its fragments, and may name ${mostSelections}. Ask in several requests.`
    : undefined
}

type Measured = { cycle: string | undefined; selections: number }

const measure = (
  fragments: ReadonlyMap<string, SelectionSetNode>,
  definitions: readonly DefinitionNode[],
): Measured => {
  const sizes = new Map<string, number>()
  let cycle: string | undefined

  const sizeOfFragment = (name: string, path: readonly string[]): number => {
    const fragment = fragments.get(name)
    if (!fragment) return 0
    if (path.includes(name)) {
      cycle ??= name
      return 0
    }
    const size = sizes.get(name) ?? sizeOf(fragment, [...path, name])
    sizes.set(name, size)
    return size
  }

  const sizeOf = (set: SelectionSetNode | undefined, path: readonly string[]): number => {
    let size = 0
    for (const selection of set?.selections ?? []) {
      size += selection.kind === Kind.FRAGMENT_SPREAD ? sizeOfFragment(selection.name.value, path) : 1
      if (selection.kind !== Kind.FRAGMENT_SPREAD) size += sizeOf(selection.selectionSet, path)
    }
    return size
  }

  let selections = 0
  for (const definition of definitions) {
    if (definition.kind === Kind.OPERATION_DEFINITION) selections += sizeOf(definition.selectionSet, [])
    if (definition.kind === Kind.FRAGMENT_DEFINITION) selections += sizeOfFragment(definition.name.value, [])
  }
  return { cycle, selections }
}

const readQuery = (body: string): DocumentNode | string | undefined => {
  try {
    const sent: unknown = JSON.parse(body)
    const query = typeof sent === 'object' && sent !== null && 'query' in sent ? sent.query : undefined
    return typeof query === 'string' ? parse(query, { maxTokens: mostTokens, noLocation: true }) : undefined
  } catch (error) {
    return error instanceof GraphQLError && error.message.includes('tokens')
      ? `The query may hold at most ${mostTokens} words and signs. Ask in several requests.`
      : undefined
  }
}
