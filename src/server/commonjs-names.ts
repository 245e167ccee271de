import { createRequire } from 'node:module'
import path from 'node:path'
import type { Plugin } from 'esbuild'

const require = createRequire(import.meta.url)
const namespace = 'commonjs-names'
const isName = (key: string): boolean => /^[A-Za-z_$][\w$]*$/.test(key) && key !== 'default' && key !== '__esModule'

/** What asks for it is resolved once more; this tells the second time from the first. */
const again = Symbol('again')

/**
 * Gives a package of CommonJS that is loaded later, by `import()`, the names that Node gives it. In a file of its own esbuild leaves it with its
 * `default` alone, and whoever takes it apart by name gets `undefined`.
 */
export const commonJsNames: Plugin = {
  name: 'commonjs-names',
  setup: ({ onLoad, onResolve, resolve }) => {
    onResolve({ filter: /^[^./#]/ }, async ({ path: specifier, importer, kind, resolveDir, pluginData }) => {
      if (kind !== 'dynamic-import' || pluginData === again) return undefined
      const found = await resolve(specifier, { kind, importer, resolveDir, pluginData: again })
      if (found.external || found.errors.length || found.namespace !== 'file' || !isCommonJs(found.path)) return found
      return { path: found.path, namespace }
    })
    onLoad({ filter: /.*/, namespace }, ({ path: file }) => {
      const names = Object.keys(require(file) as object).filter(isName)
      const contents = [
        `const whole = require(${JSON.stringify(file)})`,
        'export default whole',
        ...names.map((name) => `const name_${name} = whole.${name}`),
        `export { ${names.map((name) => `name_${name} as ${name}`).join(', ')} }`,
      ]
      return { contents: contents.join('\n'), loader: 'js', resolveDir: path.dirname(file) }
    })
  },
}

/** By Node's rule: by the name of the file, else by what the package says of itself. */
const isCommonJs = (file: string): boolean => {
  if (/\.[cm]js$/.test(file)) return file.endsWith('.cjs')
  if (!file.endsWith('.js')) return false
  for (let folder = path.dirname(file); folder !== path.dirname(folder); folder = path.dirname(folder)) {
    const type = readType(path.join(folder, 'package.json'))
    if (type) return type !== 'module'
  }
  return true
}

const readType = (manifest: string): string | undefined => {
  try {
    const { type = 'commonjs' } = require(manifest) as { type?: string }
    return type
  } catch {
    return undefined
  }
}
