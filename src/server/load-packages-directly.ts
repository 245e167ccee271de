import { existsSync, readFileSync } from 'node:fs'
import { registerHooks, setSourceMapsSupport } from 'node:module'
import { fileURLToPath } from 'node:url'

const packageRoot = /^file:.*\/node_modules\/(?:@[^/]+\/)?[^/]+\//

const areModules = new Map<string, boolean>()

/** Whether the `.js` files of a package are ES modules; not those of a folder that is none, such as a cache. */
const isModulePackage = (root: string): boolean => {
  const known = areModules.get(root)
  if (known !== undefined) return known
  const manifest = fileURLToPath(new URL('package.json', root))
  const { type } = (existsSync(manifest) ? JSON.parse(readFileSync(manifest, 'utf8')) : {}) as { type?: string }
  areModules.set(root, type === 'module')
  return type === 'module'
}

const rootOf = (url: string | undefined): string | undefined => (url ? packageRoot.exec(url)?.[0] : undefined)

/**
 * Loads what a package of ES modules imports of itself as it stands there. For every such file Node reads and parses the whole
 * package.json again (128 KB of it in drizzle-orm), and tsx looks whether it has to be translated: together a quarter of the
 * processor time of a start (decision 0024). Everything else goes its usual way.
 */
export const loadPackagesDirectly = (): void => {
  // tsx asks for the source maps of everything; those of packages are a thousand files more to read and to keep.
  setSourceMapsSupport(true, { nodeModules: false })
  resolvePackagesDirectly()
}

/** The same for a process that reads no source maps, and whose TypeScript is read by something else. */
export const resolvePackagesDirectly = (): void => {
  registerHooks({
    resolve: (specifier, context, next) => {
      const root = rootOf(context.parentURL)
      const isOwn = specifier.startsWith('.') && specifier.endsWith('.js') && context.conditions.includes('import')
      if (!root || !isOwn || !isModulePackage(root)) return next(specifier, context)
      return { url: new URL(specifier, context.parentURL).href, format: 'module', shortCircuit: true }
    },
    load: (url, context, next) => {
      if (context.format !== 'module' || !url.endsWith('.js') || !rootOf(url)) return next(url, context)
      return { format: 'module', source: readFileSync(fileURLToPath(url)), shortCircuit: true }
    },
  })
}
