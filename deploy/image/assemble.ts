import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { findBuild, findCompiled } from '#server/build-once'
import { projectRoot } from '#server/environment'

/** What runs in production, beside the packages and the build. */
const sources = [
  ...['src', 'collections', 'hooks', 'endpoints', 'public'],
  ...[
    'payload.config.ts',
    'payload-types.ts',
    'next.config.mjs',
    'tsconfig.json',
    'package.json',
    'package-lock.json',
    'LICENSE',
  ],
]

/** Sources of the demo: production starts no sandbox. */
const demo = ['src/sandbox', 'src/server/demo']

/** Packages that others name as theirs and that nothing loads in production; `npm run build` and `migrate:create` are for a checkout. */
const unused = [
  // Compiles pages.
  ...['@next/swc-linux-x64-gnu', '@next/swc-linux-x64-musl', '@next/swc-linux-arm64-gnu', '@next/swc-linux-arm64-musl'],
  ...['@types', 'sass', 'typescript'],
  // Writes migrations.
  'drizzle-kit',
  // Read TypeScript, of which production runs none.
  ...['tsx', 'esbuild', '@esbuild', 'payload/node_modules/tsx', '@payloadcms/graphql/node_modules/tsx'],
]

/** The folders and files below `dir` that `isMeant` picks, as paths. */
const find = (dir: string, isMeant: (name: string) => boolean): string[] =>
  readdirSync(dir, { withFileTypes: true }).flatMap((entry) => {
    const at = path.join(dir, entry.name)
    if (isMeant(entry.name)) return [at]
    return entry.isDirectory() ? find(at, isMeant) : []
  })

/**
 * Puts what the last stage of the image adds to its base into the folder of the first argument, which must not exist: sources, packages of
 * production, and the build of these sources (`npm run build` comes first).
 */
const assemble = async (target: string): Promise<void> => {
  mkdirSync(target)
  const at = (name: string) => path.join(target, name)
  for (const name of sources) cpSync(path.join(projectRoot, name), at(name), { recursive: true })
  for (const name of demo) rmSync(at(name), { recursive: true, force: true })

  execFileSync('npm', ['ci', '--omit=dev', '--no-audit', '--no-fund'], {
    cwd: target,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  for (const name of unused) rmSync(at(`node_modules/${name}`), { recursive: true, force: true })
  // Readers of stack traces have the sources.
  for (const file of find(at('node_modules'), (name) => /\.[cm]?js\.map$|\.d\.[cm]?ts\.map$/.test(name))) rmSync(file)

  const build = await findBuild()
  mkdirSync(at(path.dirname(build)), { recursive: true })
  const kept = (file: string) =>
    path.relative(path.join(projectRoot, build), file) !== 'cache' && !file.endsWith('.map')
  cpSync(path.join(projectRoot, build), at(build), { recursive: true, filter: kept })
  const compiled = await findCompiled()
  // Its maps stay: errors in the log name the lines of the sources.
  cpSync(path.join(projectRoot, compiled), at(compiled), { recursive: true })
  for (const name of ['.next/builds/current', '.next/compiled/current', `${build}.tsconfig.json`]) {
    cpSync(path.join(projectRoot, name), at(name))
  }
}

const megabytes = (folder: string): number =>
  Number(execFileSync('du', ['-sm', folder], { encoding: 'utf8' }).split('\t')[0])

const [target] = process.argv.slice(2)
if (!target) throw new Error('Say which folder to make: node --import tsx deploy/image/assemble.ts <folder>')
await assemble(path.resolve(target))
process.stdout.write(`${megabytes(target)} MB in ${target}\n`)
