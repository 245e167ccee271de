import type { RestClient } from './rest-client'

type TypeReference = { kind: string; name: string | null; ofType?: TypeReference | null }
type TypeDescription = { kind: string; name: string; fields: { name: string; type: TypeReference }[] | null }

export type GraphqlField = { name: string; type: string; kind: string }
/** Name of each object type → its fields, lists and required ones unwrapped. */
export type GraphqlSchema = Map<string, GraphqlField[]>

const unwrap = (type: TypeReference): TypeReference => (type.ofType ? unwrap(type.ofType) : type)

/** The schema as the server describes it. */
export const readGraphqlSchema = async (client: RestClient): Promise<GraphqlSchema> => {
  const type = 'type { kind name ofType { kind name ofType { kind name ofType { kind name } } } }'
  const { json, text } = await client.graphql(`{ __schema { types { kind name fields { name ${type} } } } }`)
  const types: TypeDescription[] | undefined = json?.data?.__schema.types
  if (!types) throw new Error(`No schema: ${text}`)
  return new Map(
    types.map(({ name, fields }) => [
      name,
      (fields ?? []).map((field) => {
        const { kind, name: typeName } = unwrap(field.type)
        return { name: field.name, type: typeName ?? '', kind }
      }),
    ]),
  )
}

/** `a b c { d e }`: every field of a type but relations; groups and rows as deep as they go. */
export const selectionOf = (schema: GraphqlSchema, type: string): string =>
  (schema.get(type) ?? [])
    .flatMap(({ name, type: fieldType, kind }) => {
      if (kind === 'SCALAR' || kind === 'ENUM') return name
      if (kind !== 'OBJECT' || !fieldType.startsWith(`${type}_`)) return []
      const inner = selectionOf(schema, fieldType)
      return inner ? `${name} { ${inner} }` : []
    })
    .join(' ')
