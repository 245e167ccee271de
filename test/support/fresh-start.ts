import { vi } from 'vitest'

declare global {
  /** The environment with which this process began. */
  var pristineEnvironment: NodeJS.ProcessEnv | undefined
  /** Where Payload keeps what it has opened. */
  var _payload: Map<string, unknown> | undefined
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
