import { vi } from 'vitest'

declare global {
  /** The environment with which this process began. */
  var pristineEnvironment: NodeJS.ProcessEnv | undefined
  /** What Payload has opened, and the schema of its GraphQL; it keeps both for as long as the process lives. */
  var _payload: Map<string, unknown> | undefined
  var _payload_graphql: { graphql: unknown; promise: unknown } | undefined
}

/**
 * Files of one project share two processes, so that the packages are loaded twice and not a hundred times. Everything of our
 * own is loaded anew by each file, with the environment as it was: no file sees what another one has set.
 */
globalThis.pristineEnvironment ??= { ...process.env }
for (const name of Object.keys(process.env)) {
  if (!(name in globalThis.pristineEnvironment)) Reflect.deleteProperty(process.env, name)
}
Object.assign(process.env, globalThis.pristineEnvironment)
vi.resetModules()
globalThis._payload?.clear()
// Its own reference to this object is what it looks at.
if (globalThis._payload_graphql) Object.assign(globalThis._payload_graphql, { graphql: null, promise: null })
