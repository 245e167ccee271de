/** Next bundles its own copies of modules, so what they share stands at the process. */
const mark = Symbol.for('parley.web-process')

/** Says that this process serves with the server of `src/server/create-web-server.ts`, whose guards the pages rely on. */
export const noteWebProcess = (): void => {
  Reflect.set(globalThis, mark, true)
}

/** Whether this process serves with our own server. */
export const isInWebProcess = (): boolean => Reflect.get(globalThis, mark) === true
