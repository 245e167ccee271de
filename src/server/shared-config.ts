import type { SanitizedConfig } from 'payload'

/** Next bundles its own copies of modules, so what they share stands at the process. */
const mark = Symbol.for('parley.config')

/** Lets the pages of this process use the configuration that it serves with. */
export const shareConfig = (config: Promise<SanitizedConfig>): void => {
  Reflect.set(globalThis, mark, config)
}

/** The configuration of this process; undefined where it has none, as while the pages are built. */
export const findSharedConfig = (): Promise<SanitizedConfig> | undefined =>
  Reflect.get(globalThis, mark) as Promise<SanitizedConfig> | undefined
