import type { CollectionConfig, Field, GlobalConfig, Tab } from 'payload'
import { listNamedFields } from './walk-fields'

type Entity = CollectionConfig | GlobalConfig

/** As Payload names the parts of a column: `customerId` and `customer_id` are one. */
const toColumn = (name: string): string =>
  name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replaceAll(/\W+/g, '_')
    .toLowerCase()

/** Kinds of fields whose values lie in tables of their own, or nowhere. */
const ofOtherTables: ReadonlySet<unknown> = new Set(['array', 'blocks', 'join'])
const groups: ReadonlySet<unknown> = new Set(['group', 'tab', undefined])

const read = (field: Field | Tab, key: string): unknown => Reflect.get(field, key)

/** The column that holds a field; undefined where it has none in the table of its record. */
const columnOf = (path: string, field: Field | Tab): string | undefined => {
  const type = read(field, 'type')
  if (ofOtherTables.has(type) || groups.has(type) || read(field, 'virtual') || read(field, 'hasMany')) return undefined
  const isRelation = (type === 'relationship' || type === 'upload') && typeof read(field, 'relationTo') === 'string'
  return `${path.split('.').map(toColumn).join('_')}${isRelation ? '_id' : ''}`
}

/** Every record has those without saying so. */
const ofEveryRecord: readonly [string, string][] = [
  ['id', 'id'],
  ['created_at', 'createdAt'],
  ['updated_at', 'updatedAt'],
]

/**
 * Two fields in one column would overwrite each other, and every object has what is called like `constructor` before anybody sets it.
 * @throws Error that names the fields which need other names.
 */
export const checkNames = (what: string, { slug, fields }: Entity): void => {
  const columns = new Map(ofEveryRecord)
  const arrays: string[] = []
  const at = `${what} "${slug}"`
  for (const { path, field } of listNamedFields(fields)) {
    const name = path.slice(path.lastIndexOf('.') + 1)
    if (name in {}) throw new Error(`${at}: no field can be called "${name}". Choose another name.`)
    if (read(field, 'type') === 'array') arrays.push(`${path}.`)
    if (arrays.some((array) => path.startsWith(array))) continue
    const column = columnOf(path, field)
    if (column === undefined) continue
    const other = columns.get(column)
    if (other !== undefined && other !== path) {
      throw new Error(
        `${at}: ${path} and ${other} would be one column, ${column}. Give the one that was added another name.`,
      )
    }
    if (path === 'id') throw new Error(`${at}: every record has an id of the product's kind. Choose another name.`)
    columns.set(column, path)
  }
}
