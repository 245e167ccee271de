import type { Payload } from 'payload'

/**
 * Under which label a request is counted, by the name of its operation. Endpoints have their own; of the many routes that Payload has for each
 * collection and global, only the method and the name are kept: `PATCH /users/:id` is `PATCH /users`.
 */
export const createRouteLabel = ({ config }: Pick<Payload, 'config'>): ((operation: string) => string) => {
  const own = new Set(config.endpoints.map(({ method, path }) => `${method.toUpperCase()} ${path}`))
  const short = new Map<string, string>()
  const shorten = (operation: string): string => /^[A-Z]+ \/(?:globals\/)?[^/]+/.exec(operation)?.[0] ?? operation
  return (operation) => {
    if (own.has(operation)) return operation
    const known = short.get(operation)
    if (known !== undefined) return known
    const label = shorten(operation)
    short.set(operation, label)
    return label
  }
}
