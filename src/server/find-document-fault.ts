import {
  BREAK,
  type DefinitionNode,
  type DirectiveNode,
  type DocumentNode,
  GraphQLError,
  Kind,
  OperationTypeNode,
  parse,
  type SelectionSetNode,
  visit,
} from 'graphql'

/** Payload's `maxComplexity` allows some hundreds of fields; what names many more is not worth the time that checking it takes. */
export const documentBounds = { selections: 2_000, tokens: 20_000 } as const

/**
 * What is wrong with a GraphQL document that cannot be left to GraphQL to find out: what counts the cost of a query follows a fragment that leads back to
 * itself for ever, and one that holds another one twice, which does so in turn, as often as that makes; what compares its fields compares each with each.
 * @param body of the request, as it came.
 * @returns what to say of it; undefined where nothing is wrong, or where the body is no query that can be read.
 */
export const findDocumentFault = (body: string): string | undefined => {
  const sent = readQuery(body)
  if (sent === undefined || typeof sent === 'string') return sent
  const { document, variables } = sent
  if (operationsIn(document).some(({ operation }) => operation === OperationTypeNode.SUBSCRIPTION)) {
    return 'There is nothing to subscribe to.'
  }
  const fragments = new Map(
    document.definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition.selectionSet] as const] : [],
    ),
  )
  const { cycle, selections } = measure(fragments, document.definitions)
  if (cycle !== undefined) return `Cannot spread fragment "${cycle}" within itself.`
  if (selections > documentBounds.selections) {
    return `The query names ${selections} fields with those of its fragments, and may name ${documentBounds.selections}. Ask in several requests.`
  }
  return findUndecided(document, variables)
}

type Variables = Readonly<Record<string, unknown>>

const operationsIn = ({ definitions }: DocumentNode) =>
  definitions.flatMap((definition) => (definition.kind === Kind.OPERATION_DEFINITION ? [definition] : []))

/** Whether a field is left out has to be known when its cost is counted. */
const findUndecided = (document: DocumentNode, variables: Variables): string | undefined => {
  let undecided: string | undefined
  visit(document, {
    Directive: (directive) => {
      if (!/^(?:skip|include)$/.test(directive.name.value) || isDecided(directive, document, variables))
        return undefined
      undecided = directive.name.value
      return BREAK
    },
  })
  return undecided && `Say with true or false, or a variable that has a value, whether to @${undecided}.`
}

const isDecided = ({ arguments: given = [] }: DirectiveNode, document: DocumentNode, variables: Variables): boolean => {
  const value = given.find(({ name }) => name.value === 'if')?.value
  if (value?.kind === Kind.BOOLEAN) return true
  if (value?.kind !== Kind.VARIABLE) return false
  const name = value.name.value
  if (Object.hasOwn(variables, name)) return isBoolean(variables[name]) && isDeclared(document, name)
  return operationsIn(document).every(({ variableDefinitions = [] }) =>
    variableDefinitions.some(
      ({ variable, defaultValue }) => variable.name.value === name && defaultValue?.kind === Kind.BOOLEAN,
    ),
  )
}

const isBoolean = (value: unknown): boolean => typeof value === 'boolean'

const isDeclared = (document: DocumentNode, name: string): boolean =>
  operationsIn(document).every(({ variableDefinitions = [] }) =>
    variableDefinitions.some(({ variable }) => variable.name.value === name),
  )

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

type Sent = { document: DocumentNode; variables: Variables }

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

const readQuery = (body: string): Sent | string | undefined => {
  try {
    const sent: unknown = JSON.parse(body)
    if (!isRecord(sent) || typeof sent.query !== 'string') return undefined
    const document = parse(sent.query, { maxTokens: documentBounds.tokens, noLocation: true })
    return { document, variables: isRecord(sent.variables) ? sent.variables : {} }
  } catch (error) {
    return error instanceof GraphQLError && error.message.includes('tokens')
      ? `The query may hold at most ${documentBounds.tokens} words and signs. Ask in several requests.`
      : undefined
  }
}
