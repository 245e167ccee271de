import {
  afterChangeTraverseFields,
  beforeChangeTraverseFields,
  beforeValidateTraverseFields,
  type Field,
  type PayloadRequest,
  type SanitizedCollectionConfig,
  type TabAsField,
  ValidationError,
} from 'payload'
import { DomainError } from '#shared/errors'

type Data = Record<string, unknown>
type AnyField = Field | TabAsField
/** Added fields that lie beside each other, and the part of a document that holds them. */
type Part = { fields: AnyField[]; siblingData: Data; path: string }

/** The composition marks so what an installation adds to a collection of the product. */
export const addedMark = { isAdded: true } as const

export const isAddedField = (field: AnyField): boolean => 'custom' in field && field.custom?.isAdded === true

const innerFields = (field: AnyField): readonly AnyField[] => {
  if (field.type === 'tabs') return field.tabs.map((tab): TabAsField => ({ ...tab, type: 'tab' }))
  return 'fields' in field ? field.fields : []
}

const holdsAdded = (fields: readonly AnyField[]): boolean =>
  fields.some((field) => isAddedField(field) || holdsAdded(innerFields(field)))

const known = new WeakMap<SanitizedCollectionConfig, boolean>()

/** Whether an installation has added fields to a collection; looked up once for each. */
export const hasAddedFields = (collection: SanitizedCollectionConfig): boolean => {
  const found = known.get(collection) ?? holdsAdded(collection.fields)
  known.set(collection, found)
  return found
}

const isData = (value: unknown): value is Data => typeof value === 'object' && value !== null && !Array.isArray(value)

const partsOf = (fields: readonly AnyField[], siblingData: Data, path = ''): Part[] => {
  const added = fields.filter(isAddedField)
  const inner = fields.flatMap((field): Part[] => {
    const within = innerFields(field)
    if (isAddedField(field) || !holdsAdded(within)) return []
    if (!('name' in field) || field.name === undefined) return partsOf(within, siblingData, path)
    const at = path ? `${path}.${field.name}` : field.name
    const value = siblingData[field.name]
    if (field.type === 'array') {
      return Array.isArray(value)
        ? value.flatMap((row: unknown, index) => (isData(row) ? partsOf(within, row, `${at}.${index}`) : []))
        : []
    }
    const group = isData(value) ? value : {}
    siblingData[field.name] = group
    return partsOf(within, group, at)
  })
  return [...(added.length ? [{ fields: added, siblingData, path }] : []), ...inner]
}

type Walk = { req: PayloadRequest; collection: SanitizedCollectionConfig; data: Data }

const common = ({ req, collection, data }: Walk, { fields, siblingData, path }: Part) => ({
  collection,
  context: req.context,
  data,
  fields,
  global: null,
  operation: 'create' as const,
  parentIndexPath: '',
  parentIsLocalized: false,
  parentPath: path,
  parentSchemaPath: path,
  req,
  siblingData,
})

const valueAt = (data: unknown, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>(
      (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
      data,
    )

/**
 * What Payload does to each field before a document is validated, for the fields that were added: hooks, who may set it, defaults.
 * @throws DomainError `forbidden` naming what the caller sends but may not set. Payload would leave it away without a word.
 */
export const prepareAddedFields = async (
  walk: Walk,
  { overrideAccess }: { overrideAccess: boolean },
): Promise<void> => {
  const sent = structuredClone(walk.data)
  const refused: string[] = []
  for (const part of partsOf(walk.collection.fields, walk.data)) {
    await beforeValidateTraverseFields({
      ...common(walk, part),
      doc: {},
      siblingDoc: {},
      overrideAccess,
      onFieldAccess: ({ accessResult, path }) => {
        if (!accessResult && (valueAt(sent, path) ?? null) !== null) refused.push(path)
      },
    })
  }
  if (!refused.length) return
  const errors = refused.map((path) => ({ path, message: 'is not yours to set; leave it out' }))
  throw new DomainError('forbidden', `${refused.join(', ')}: not yours to set; leave it out.`, { errors })
}

/**
 * What Payload does to each field before a document is stored, for the fields that were added: validation, hooks.
 * @throws ValidationError of Payload, which is answered as `invalid_request`, with every fault by its path.
 */
export const validateAddedFields = async (walk: Walk): Promise<void> => {
  const errors: ValidationError['data']['errors'] = []
  for (const part of partsOf(walk.collection.fields, walk.data)) {
    await beforeChangeTraverseFields({
      ...common(walk, part),
      doc: {},
      docWithLocales: {},
      errors,
      fieldLabelPath: '',
      mergeLocaleActions: [],
      overrideAccess: true,
      siblingDoc: {},
      siblingDocWithLocales: {},
    })
  }
  if (errors.length) throw new ValidationError({ collection: walk.collection.slug, errors, req: walk.req }, walk.req.t)
}

/** The hooks of added fields that follow a document which was stored. */
export const followAddedFields = async (walk: Walk & { doc: Data }): Promise<void> => {
  for (const part of partsOf(walk.collection.fields, walk.data)) {
    await afterChangeTraverseFields({
      ...common(walk, part),
      doc: walk.doc,
      previousDoc: {},
      previousSiblingDoc: {},
      siblingDoc: part.siblingData,
    })
  }
}
