import type { CollectionConfig, Field, GlobalConfig, Tab } from 'payload'
import { isDeepStrictEqual } from 'node:util'
import { listNamedFields } from './walk-fields'

type Entity = CollectionConfig | GlobalConfig

/** What code of the product, and the database, rely on; the rest of a field (label, description, component, limits) may be changed. */
const fixedOfFields = ['type', 'hasMany', 'relationTo', 'localized', 'unique', 'virtual'] as const
const fixedOfEntities = ['auth', 'upload', 'versions', 'timestamps', 'disableDuplicate', 'dbName', 'trash'] as const

const read = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined

const entriesOf = (value: unknown): [string, unknown][] =>
  typeof value === 'object' && value !== null ? Object.entries(value) : []

/** Hooks that are there in the same order, whatever stands between them. */
const keepsHooks = (standard: readonly unknown[], changed: unknown): boolean => {
  const rest: unknown[] = Array.isArray(changed) ? [...(changed as unknown[])] : []
  return standard.every((hook) => {
    const at = rest.indexOf(hook)
    if (at < 0) return false
    rest.splice(0, at + 1)
    return true
  })
}

const droppedRules = (standard: unknown, changed: unknown): string[] =>
  entriesOf(read(standard, 'access')).flatMap(([operation, rule]) =>
    typeof rule === 'function' && typeof read(read(changed, 'access'), operation) !== 'function'
      ? [`drops the rule of access for ${operation}`]
      : [],
  )

const droppedHooks = (standard: unknown, changed: unknown): string[] =>
  entriesOf(read(standard, 'hooks')).flatMap(([when, hooks]) =>
    Array.isArray(hooks) && !keepsHooks(hooks, read(read(changed, 'hooks'), when))
      ? [`drops a hook of ${when}, or changes their order`]
      : [],
  )

const changedFacts = (standard: unknown, changed: unknown, keys: readonly string[]): string[] =>
  keys.flatMap((key) => (isDeepStrictEqual(read(standard, key), read(changed, key)) ? [] : [`changes ${key}`]))

const valueOf = (option: unknown): unknown => (typeof option === 'string' ? option : read(option, 'value'))

const droppedOptions = (standard: unknown, changed: unknown): string[] => {
  const options = read(standard, 'options')
  if (!Array.isArray(options)) return []
  const kept = read(changed, 'options')
  const values = new Set(Array.isArray(kept) ? kept.map(valueOf) : [])
  return options.map(valueOf).flatMap((value) => (values.has(value) ? [] : [`drops the option ${String(value)}`]))
}

const fieldFaults = (standard: Field | Tab, changed: Field | Tab): string[] => [
  ...changedFacts(standard, changed, fixedOfFields),
  ...droppedRules(standard, changed),
  ...droppedHooks(standard, changed),
  ...droppedOptions(standard, changed),
  ...(read(standard, 'required') && !read(changed, 'required') ? ['is not required any more'] : []),
  ...(read(standard, 'validate') && !read(changed, 'validate') ? ['drops its check (validate)'] : []),
  ...entriesOf(read(standard, 'custom')).flatMap(([key, value]) =>
    isDeepStrictEqual(read(read(changed, 'custom'), key), value) ? [] : [`drops custom.${key}`],
  ),
]

const addedFieldFaults = (field: Field | Tab): string[] =>
  read(field, 'required') && ['undefined', 'function'].includes(typeof read(field, 'defaultValue'))
    ? ['is required and has no fixed defaultValue, which records that are there already would not have']
    : []

const endpointsOf = (entity: Entity) => entity.endpoints || []

/** Payload serves the first that fits, so the product's own stand before its defaults and before what is added. */
const droppedEndpoints = (standard: Entity, changed: Entity): string[] =>
  endpointsOf(standard).flatMap(({ method, path, handler }, place) =>
    endpointsOf(changed)[place]?.handler === handler
      ? []
      : [`drops the endpoint ${method} ${path}, or puts another before it`],
  )

/**
 * What the product relies on stays: each field with its type, each hook, each rule of access. Beside it there may be more.
 * @throws Error naming everything that is amiss.
 */
export const checkChanged = (what: string, standard: Entity, changed: Entity): void => {
  const before = listNamedFields(standard.fields)
  const after = new Map(listNamedFields(changed.fields).map(({ path, field }) => [path, field]))
  const known = new Set(before.map(({ path }) => path))
  const faults = [
    ...changedFacts(standard, changed, ['slug', ...fixedOfEntities]),
    ...droppedRules(standard, changed),
    ...droppedHooks(standard, changed),
    ...droppedEndpoints(standard, changed),
    ...entriesOf(read(standard, 'forceSelect')).flatMap(([key]) =>
      read(read(changed, 'forceSelect'), key) ? [] : [`drops forceSelect.${key}`],
    ),
    ...before.flatMap(({ path, field }) => {
      const kept = after.get(path)
      return kept ? fieldFaults(field, kept).map((fault) => `${path} ${fault}`) : [`drops the field ${path}`]
    }),
    ...[...after].flatMap(([path, field]) =>
      known.has(path) ? [] : addedFieldFaults(field).map((fault) => `${path} ${fault}`),
    ),
  ]
  if (faults.length) {
    throw new Error(
      `${what} "${standard.slug}" was changed in a way that the product cannot work with: ${faults.join('; ')}. Spread what is standard, and add to it.`,
    )
  }
}
