/** Next bundles its own copies of modules, so what they share stands at the process. */
const mark = Symbol.for('parley.config')

/** Lets the pages of this process use the configuration that it serves with. */
export const shareConfig = (config: Promise<object>): void => {
  Reflect.set(globalThis, mark, config)
}

/** The configuration of this process, of the type that was shared; undefined where it has none, as while the pages are built. */
export const findSharedConfig = <Config extends object>(): Promise<Config> | undefined =>
  Reflect.get(globalThis, mark) as Promise<Config> | undefined
