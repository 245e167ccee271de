import type { SandboxState } from './sandbox-state'
import { idPrefixes, type StoredObjects, type TableName } from './stored-objects'

const knownRelations = {
  balance_transactions: ['source'],
  charges: ['customer', 'payment_intent', 'transfer_group'],
  checkout_sessions: ['customer', 'payment_intent'],
  disputes: ['charge', 'payment_intent'],
  payment_intents: ['customer'],
  payment_methods: ['customer'],
  prices: ['product'],
  refunds: ['charge', 'payment_intent'],
  setup_intents: ['customer', 'payment_method'],
  transfer_reversals: ['transfer'],
  transfers: ['destination', 'source_transaction', 'transfer_group'],
} as const satisfies { [Name in TableName]?: readonly (keyof StoredObjects[Name])[] }

/** By which fields objects are looked for. */
const relations: Readonly<Partial<Record<TableName, readonly string[]>>> = knownRelations

/** Objects in the order in which they were made, without a copy of them all. */
export type Sequence<T> = {
  length: number
  /** @returns undefined where one was that is deleted. */
  at: (index: number) => T | undefined
  /** @returns −1 when it is not among them. */
  indexOf: (id: string) => number
}

export const sequenceOf = <T extends { id: string }>(objects: readonly T[]): Sequence<T> => ({
  length: objects.length,
  at: (index) => objects[index],
  indexOf: (id) => objects.findIndex((object) => object.id === id),
})

type Where = Readonly<Record<string, string | undefined>>

type TableIndex = {
  ids: string[]
  /** Where each id stands in `ids`. */
  position: Map<string, number>
  /** By `field:value`, in the same order as `ids`. */
  related: Map<string, string[]>
}

export type Catalog = ReturnType<typeof createCatalog>

/**
 * Finds objects by what they belong to, so that nothing has to look through everything that was ever made. An entry may be
 * out of date where a field has changed since: who asks must still look at the object.
 */
export const createCatalog = (state: SandboxState) => {
  const indexes = new Map<TableName, TableIndex>()

  const indexOf = (name: TableName): TableIndex => {
    const known = indexes.get(name)
    if (known) return known
    const fresh: TableIndex = { ids: [], position: new Map(), related: new Map() }
    indexes.set(name, fresh)
    return fresh
  }

  const relate = (index: TableIndex, key: string, id: string): void => {
    const ids = index.related.get(key)
    if (!ids) return void index.related.set(key, [id])
    const position = index.position.get(id) ?? 0
    let slot = ids.length
    while (slot > 0 && (index.position.get(ids[slot - 1] ?? '') ?? 0) > position) slot -= 1
    if (ids[slot - 1] !== id) ids.splice(slot, 0, id)
  }

  /** Takes in a new object, or one that belongs to something else now. */
  const note = (name: TableName, object: { id: string }): void => {
    const index = indexOf(name)
    if (!index.position.has(object.id)) index.position.set(object.id, index.ids.push(object.id) - 1)
    for (const field of relations[name] ?? []) {
      const value: unknown = Reflect.get(object, field)
      if (typeof value === 'string') relate(index, `${field}:${value}`, object.id)
    }
  }

  for (const name of Object.values(idPrefixes)) {
    for (const object of Object.values(state.tables[name])) note(name, object)
  }

  /** The ids of the shortest list that `where` leads to, or all. */
  const candidates = (name: TableName, where: Where): readonly string[] => {
    const index = indexOf(name)
    const fields = relations[name]
    const lists = Object.entries(where).flatMap(([field, value]) =>
      value !== undefined && fields?.includes(field) ? [index.related.get(`${field}:${value}`) ?? []] : [],
    )
    return lists.reduce<readonly string[]>(
      (shortest, list) => (list.length < shortest.length ? list : shortest),
      index.ids,
    )
  }

  const sequence = <Name extends TableName>(name: Name, where: Where = {}): Sequence<StoredObjects[Name]> => {
    const ids = candidates(name, where)
    const table: Record<string, StoredObjects[Name]> = state.tables[name]
    const { ids: all, position } = indexOf(name)
    return {
      length: ids.length,
      at: (index) => table[ids[index] ?? ''],
      indexOf: (id) => (ids === all ? (position.get(id) ?? -1) : ids.indexOf(id)),
    }
  }

  return {
    note,
    sequence,
    /** The objects with exactly these values, the oldest first. */
    all: <Name extends TableName>(name: Name, where: Where): StoredObjects[Name][] => {
      const candidates = sequence(name, where)
      const found: StoredObjects[Name][] = []
      for (let index = 0; index < candidates.length; index++) {
        const object = candidates.at(index)
        if (object && Object.entries(where).every(([field, value]) => Reflect.get(object, field) === value)) {
          found.push(object)
        }
      }
      return found
    },
  }
}
