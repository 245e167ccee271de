/* eslint-disable no-restricted-properties -- It decides what is loaded, before anything is that could read the settings. */
// Plain JavaScript: it runs before anything that reads TypeScript is loaded, and on a Node that is too old.
import { existsSync, readFileSync } from 'node:fs'
import module from 'node:module'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { findNodeFault } from './node-version.mjs'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..')
const compiledDir = path.join(root, '.next/compiled')

/** @param {string} line */
const refuse = (line) => {
  process.stderr.write(`${line}\n`)
  process.exit(1)
}

const hasTsx = () => {
  try {
    module.createRequire(import.meta.url).resolve('tsx')
    return true
  } catch {
    return false
  }
}

/**
 * The folder of what `npm run build` has compiled, when it was made of these very sources. Where there is nothing to read TypeScript with, as in
 * the image, it is what was built.
 */
const findCompiled = async () => {
  const current = path.join(compiledDir, 'current')
  // What is being worked on runs from its sources.
  if (!existsSync(current) || process.env.NODE_ENV === 'development') return undefined
  const name = readFileSync(current, 'utf8')
  if (hasTsx()) {
    const { hashSources, isServerSource } = await import('./hash-sources.mjs')
    if ((await hashSources(root, isServerSource)) !== name) return undefined
  }
  return path.join(compiledDir, name)
}

/**
 * `node src/server/run.mjs <script> …`: runs one of our scripts as it was compiled (src/server/compile.ts), else from its source.
 */
const run = async () => {
  const fault = findNodeFault(process.versions.node)
  if (fault) return refuse(fault)
  const [script = '', ...args] = process.argv.slice(2)
  // What a script takes for its name, whichever way it runs.
  process.argv.splice(1, process.argv.length, path.join(root, script), ...args)
  const compiled = await findCompiled()
  if (compiled) {
    // Traces name the lines of the sources.
    module.setSourceMapsSupport(true, { nodeModules: false })
    const file = `${script.replaceAll('/', '.').replace(/\.ts$/, '')}.mjs`
    return import(pathToFileURL(path.join(compiled, file)).href)
  }
  if (!hasTsx()) return refuse('There is no build: run `npm run build` first, or bring it along.')
  await import('tsx')
  return import(pathToFileURL(path.join(root, script)).href)
}

await run()
