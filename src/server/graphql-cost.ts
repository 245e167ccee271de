import {
  type ASTVisitor,
  type DocumentNode,
  type FieldNode,
  GraphQLError,
  type GraphQLField,
  type GraphQLFieldMap,
  type GraphQLOutputType,
  Kind,
  type SelectionSetNode,
  type ValidationContext,
  valueFromASTUntyped,
} from 'graphql'
import { formatNames, type Payload, type PayloadRequest, toWords } from 'payload'
import {
  addCosts,
  computeCostRefusal,
  computeQueryCost,
  filledInCost,
  type QueryCost,
  type Question,
} from '#access/compute-query-cost'
import { noteWhole, refuseWhole } from '#access/generated-request'
import { readerKindOf, queryBounds } from '#access/query-bounds'
import { joinsFor, longestList, readQuestion } from '#hooks/shared/read-question'

/** How many records a list within a record has that says nothing of it, about. */
const several = 3
/** What is asked beside records: who is logged in, what they may do. */
const ofAnythingElse: QueryCost = { total: 10, search: 10, records: 0 }

type Names = { record: ReadonlyMap<string, string>; list: ReadonlyMap<string, string> }

/** The collections by the names that GraphQL gives them, as Payload makes them. */
const namesOf = (payload: Payload): Names => {
  const named = payload.config.collections.flatMap(({ slug, graphQL = {} }) => {
    if (!graphQL) return []
    const { singular, plural } = formatNames(slug)
    const one = graphQL.singularName ? toWords(graphQL.singularName, true) : singular
    const many = graphQL.pluralName ? toWords(graphQL.pluralName, true) : plural
    return [{ slug, one, many: one === many ? `all${one}` : many }]
  })
  return {
    record: new Map(named.map(({ slug, one }) => [one, slug])),
    list: new Map(
      named.flatMap(({ slug, many }) => [
        [many, slug],
        [`versions${many}`, slug],
        [`count${many}`, slug],
      ]),
    ),
  }
}

/** Types print as they are written: `[Customer!]!`. */
const isMany = (type: GraphQLOutputType): boolean => String(type).startsWith('[')
const typeNameOf = (type: GraphQLOutputType): string => String(type).replaceAll(/[[\]!]/g, '')

type Asking = Pick<PayloadRequest, 'payload' | 'user'>

/** Reads what a document asks, given the values of its variables. */
const createReader = (
  context: ValidationContext,
  {
    known,
    names,
    variables,
  }: { known: Parameters<typeof readQuestion>[0]; names: Names; variables: Record<string, unknown> },
) => {
  const perFragment = new Map<string, number>()

  const argumentsOf = (node: FieldNode): Record<string, unknown> =>
    Object.fromEntries(
      (node.arguments ?? []).map(({ name, value }) => [name.value, valueFromASTUntyped(value, variables)]),
    )

  const question = (slug: string, kind: Question['kind'], asked: Record<string, unknown>): Question => ({
    ...readQuestion(known, slug, kind, { ...asked, depth: 0, joins: false }),
    lists: [],
  })

  type Fields = GraphQLFieldMap<unknown, unknown>

  const fieldsOf = (typeName: string): Fields | undefined => {
    const type = context.getSchema().getType(typeName)
    return type && 'getFields' in type && 'getInterfaces' in type ? type.getFields() : undefined
  }
  const isUnion = (typeName: string): boolean => {
    const type = context.getSchema().getType(typeName)
    return type !== undefined && 'getTypes' in type
  }

  /** What is asked for within one record, or one object, of a type. */
  const costWithin = (selections: SelectionSetNode | undefined, typeName: string): number => {
    let cost = 0
    for (const selection of selections?.selections ?? []) {
      if (selection.kind === Kind.FRAGMENT_SPREAD) cost += costOfFragment(selection.name.value)
      else if (selection.kind === Kind.INLINE_FRAGMENT) {
        cost += costWithin(selection.selectionSet, selection.typeCondition?.name.value ?? typeName)
      } else {
        const field = fieldsOf(typeName)?.[selection.name.value]
        if (field) cost += costOfField(selection, field)
      }
    }
    return cost
  }

  const costOfFragment = (name: string): number => {
    const fragment = context.getFragment(name)
    const cost =
      perFragment.get(name) ?? (fragment ? costWithin(fragment.selectionSet, fragment.typeCondition.name.value) : 0)
    perFragment.set(name, cost)
    return cost
  }

  const costOfField = (node: FieldNode, field: GraphQLField<unknown, unknown>): number => {
    const typeName = typeNameOf(field.type)
    if (!fieldsOf(typeName) && !isUnion(typeName)) return 0
    if (field.args.some(({ name }) => name === 'where')) return costOfList(node, typeName)
    const isRecord = isUnion(typeName) || names.record.has(typeName)
    return (
      (isMany(field.type) ? several : 1) * ((isRecord ? filledInCost : 0) + costWithin(node.selectionSet, typeName))
    )
  }

  /** What is asked for within each record of a list: its `docs` have counted for several. */
  const costOfRecord = (node: FieldNode, typeName: string): number => costWithin(node.selectionSet, typeName) / several

  /** A list within a record: it is looked for once for each of them. */
  const costOfList = (node: FieldNode, typeName: string): number => {
    const docs = fieldsOf(typeName)?.docs
    const slug = docs && names.record.get(typeNameOf(docs.type))
    const asked = argumentsOf(node)
    const limit = typeof asked.limit === 'number' && asked.limit > 0 ? Math.min(asked.limit, longestList) : longestList
    const search = slug === undefined ? 0 : computeQueryCost({ ...question(slug, 'list', asked), limit: 0 }).total
    return search + limit * costOfRecord(node, typeName)
  }

  /** A field of `Query` or `Mutation`. */
  const costOfRoot = (node: FieldNode, field: GraphQLField<unknown, unknown>, isChange: boolean): QueryCost => {
    const asked = argumentsOf(node)
    const typeName = typeNameOf(field.type)
    const ofList = names.list.get(field.name)
    if (ofList !== undefined) {
      const list = question(ofList, field.name.startsWith('count') ? 'count' : 'list', asked)
      const records = list.limit * costOfRecord(node, typeName)
      return addCosts([computeQueryCost(list), { total: records, search: 0, records }])
    }
    const slug = names.record.get(typeName)
    if (slug === undefined) return ofAnythingElse
    const records = costWithin(node.selectionSet, typeName)
    const own = computeQueryCost(question(slug, isChange ? 'change' : 'record', { limit: 1 }))
    return addCosts([own, { total: records, search: 0, records }])
  }

  /** Fragments on `Query` are read once, so that those which hold one another do not multiply. */
  const perRootFragment = new Map<string, Asked>()

  const askedIn = (selections: SelectionSetNode, fields: Fields, isChange: boolean): Asked =>
    addUp(
      selections.selections.map((selection): Asked => {
        if (selection.kind === Kind.INLINE_FRAGMENT) return askedIn(selection.selectionSet, fields, isChange)
        if (selection.kind === Kind.FIELD) {
          const field = fields[selection.name.value]
          return field ? { cost: costOfRoot(selection, field, isChange), changes: isChange ? 1 : 0 } : nothing
        }
        const name = selection.name.value
        const fragment = context.getFragment(name)
        const asked =
          perRootFragment.get(name) ?? (fragment ? askedIn(fragment.selectionSet, fields, isChange) : nothing)
        perRootFragment.set(name, asked)
        return asked
      }),
    )

  return (document: DocumentNode): Asked =>
    addUp(
      document.definitions.map((definition) => {
        if (definition.kind !== Kind.OPERATION_DEFINITION) return nothing
        const isChange = definition.operation === 'mutation'
        const type = isChange ? context.getSchema().getMutationType() : context.getSchema().getQueryType()
        return type ? askedIn(definition.selectionSet, type.getFields(), isChange) : nothing
      }),
    )
}

/** What a document asks: what it costs, and how many records it changes. */
type Asked = { cost: QueryCost; changes: number }

const nothing: Asked = { cost: { total: 0, search: 0, records: 0 }, changes: 0 }

const addUp = (parts: readonly Asked[]): Asked => ({
  cost: addCosts(parts.map(({ cost }) => cost)),
  changes: parts.reduce((sum, { changes }) => sum + changes, 0),
})

const namesByPayload = new WeakMap<Payload, Names>()

const knownNames = (payload: Payload): Names => {
  const names = namesByPayload.get(payload) ?? namesOf(payload)
  namesByPayload.set(payload, names)
  return names
}

/** What stands for the variables of a document: what was given, or what it says itself. */
export const variablesOf = (
  document: DocumentNode,
  given: Readonly<Record<string, unknown>>,
): Record<string, unknown> => {
  const usual = document.definitions.flatMap((definition) =>
    definition.kind === Kind.OPERATION_DEFINITION
      ? (definition.variableDefinitions ?? []).flatMap(({ variable, defaultValue }) =>
          defaultValue ? [[variable.name.value, valueFromASTUntyped(defaultValue)] as const] : [],
        )
      : [],
  )
  return { ...Object.fromEntries(usual), ...given }
}

/**
 * Refuses a document that costs more than whoever asks may cause: the sum over all of its fields, under whatever names they are asked for, and over
 * all of its operations. By the same measure as over REST.
 */
export const graphqlCostRule =
  (req: Asking, given: Readonly<Record<string, unknown>>) =>
  (context: ValidationContext): ASTVisitor => ({
    Document: (document) => {
      const names = knownNames(req.payload)
      const reader = readerKindOf(req)
      const known = { payload: req.payload, joinsOfRelation: joinsFor(reader) }
      const read = createReader(context, { known, names, variables: variablesOf(document, given) })
      const { cost, changes } = read(document)
      const refusal = computeCostRefusal(cost, queryBounds[reader].cost)
      if (refusal === undefined) {
        noteWhole({ cost: cost.total, changes })
        return
      }
      refuseWhole(refusal)
      // What is answered is made where the request is: here it only has to end.
      context.reportError(new GraphQLError(refusal))
    },
  })
