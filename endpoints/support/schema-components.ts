import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'

export type Json = Record<string, unknown>

export type SchemaComponents = {
  /** The JSON schema of what goes in or out; parts with a name (`meta({ id })`) are referred to. */
  describe: (schema: z.ZodType, io: 'input' | 'output') => Json
  /** The named ones that were met, for `components.schemas`. */
  collected: () => Json
}

const inComponents = (json: Json): Json =>
  JSON.parse(JSON.stringify(json).replaceAll('#/$defs/', '#/components/schemas/')) as Json

/**
 * Turns Zod's schemas into those of one document. A name means one thing: what is a different shape on the way in than on the way
 * out, and two schemas that took the same name, need names of their own.
 */
export const createSchemaComponents = (): SchemaComponents => {
  const components = new Map<string, Json>()

  const keep = (id: string, definition: Json): void => {
    const known = components.get(id)
    if (known && !isDeepStrictEqual(known, definition)) {
      throw new Error(`There are two schemas named ${id} in the document: give one another name.`)
    }
    components.set(id, definition)
  }

  return {
    describe: (schema, io) => {
      const {
        $schema: _dialect,
        $defs = {},
        ...json
      } = z.toJSONSchema(schema, {
        io,
        // Transformations (text → epoch ms) have no schema of their own; what goes in or out over HTTP is text.
        unrepresentable: 'any',
        reused: 'inline',
      }) as Json & { $defs?: Record<string, Json> }
      for (const [id, definition] of Object.entries($defs)) keep(id, inComponents(definition))
      return inComponents(json)
    },
    collected: () => Object.fromEntries([...components].toSorted(([one], [other]) => (one < other ? -1 : 1))),
  }
}
