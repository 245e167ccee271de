/**
 * The same client, which notes the name of every method of the API that is called (`checkout.sessions.create`).
 * @param calls where to.
 */
export const recordCalls = <Client extends object>(client: Client, calls: Set<string>, path = ''): Client =>
  new Proxy(client, {
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name, target)
      if (typeof name === 'symbol' || name.startsWith('_')) return value
      const called = path ? `${path}.${name}` : name
      if (typeof value === 'function') {
        return (...args: unknown[]): unknown => {
          calls.add(called)
          return Reflect.apply(value, target, args)
        }
      }
      return typeof value === 'object' && value !== null ? recordCalls(value, calls, called) : value
    },
  })
