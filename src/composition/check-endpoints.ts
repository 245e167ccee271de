import { match } from 'path-to-regexp'
import type { Operation } from '#endpoints/support/operation'

/** What Payload answers below `/api` beside the collections. */
const ofPayload = ['access', 'globals', 'graphql', 'graphql-playground', 'payload-jobs', 'reorder', 'og']

const firstSegment = (path: string): string => path.split('/')[1] ?? ''

/** The first parts of the addresses of these operations. */
export const addressesOf = (operations: readonly Pick<Operation, 'path'>[]): ReadonlySet<string> =>
  new Set([...operations.map(({ path }) => firstSegment(path)), ...ofPayload])

const isSame = (one: string, other: string): boolean => {
  const plain = (path: string) => path.replaceAll(/:[^/]+/g, ':')
  return plain(one) === plain(other) || match(one)(other.replaceAll(':', '')) !== false
}

/**
 * Operations that an installation adds have an address, and a name, of their own: what stands first in the table would answer in their place, and
 * they would answer in place of a collection.
 * @throws Error that says what to change.
 */
export const checkEndpoints = (
  product: readonly Operation[],
  added: readonly Operation[],
  collections: ReadonlySet<string>,
): void => {
  const before = [...product]
  for (const operation of added) {
    const { method, path, operationId } = operation
    const at = `${method.toUpperCase()} ${path}`
    const first = firstSegment(path)
    if (!path.startsWith('/') || !first || first.includes(':') || first.includes('*')) {
      throw new Error(`The endpoint ${at} needs a path that begins with a name of its own, such as /my-company/….`)
    }
    if (collections.has(first) || ofPayload.includes(first)) {
      throw new Error(`The endpoint ${at} would stand in the way of /api/${first}: begin its path with another name.`)
    }
    const other = before.find((one) => one.method === method && isSame(one.path, path))
    if (other) {
      throw new Error(`The endpoint ${at} is taken by ${other.operationId} (${other.path}): choose another path.`)
    }
    if (before.some((one) => one.operationId === operationId)) {
      throw new Error(`The endpoint ${at} needs another operationId: there is a "${operationId}" already.`)
    }
    before.push(operation)
  }
}
