import path from 'node:path'

/** Whether this runs as `npm run build` has compiled it (src/server/compile.ts): all of it lies in one folder then. */
export const isCompiled = (): boolean => import.meta.url.endsWith('.mjs')

/** The name of what one of our scripts is compiled to. @param script its path below the checkout. */
export const compiledName = (script: string): string => `${script.replaceAll('/', '.').replace(/\.ts$/, '')}.mjs`

/** Where the file of one of our scripts is that this process can load: compiled if it is compiled itself. @param script its path below the checkout. */
export const ownScript = (script: string): string =>
  isCompiled() ? path.join(import.meta.dirname, compiledName(script)) : path.join(process.cwd(), script)
