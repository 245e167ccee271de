import { spawn } from 'node:child_process'
import path from 'node:path'
import { compile } from './compile'
import { projectRoot, type Environment } from './environment'
import { StartError } from './exit-with-line'
import { hashSources, isPageSource, isServerSource } from './hash-sources.mjs'
import { makeCurrent, makeOnce, readCurrent } from './make-once'

const buildsDir = '.next/builds'
const compiledDir = '.next/compiled'

/** A build failed; what it said stands in the message. */
export class BuildError extends Error {
  override readonly name = 'BuildError'
}

const runNextBuild = (env: Environment, distDir: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [path.join(projectRoot, 'node_modules/next/dist/bin/next'), 'build'], {
      cwd: projectRoot,
      stdio: ['ignore', 'pipe', 'pipe'],
      // Building needs no secrets and no database: whoever runs the result brings them.
      env: {
        ...env,
        NODE_ENV: 'production',
        PARLEY_DEMO: '1',
        NEXT_TELEMETRY_DISABLED: '1',
        NODE_OPTIONS: '--no-deprecation',
        NEXT_DIST_DIR: distDir,
      },
    })
    let output = ''
    const keep = (chunk: Buffer) => (output = (output + chunk.toString()).slice(-20_000))
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    child.once('error', reject)
    child.once('close', (code) => {
      if (code === 0) resolve()
      else reject(new BuildError(`The build failed:\n${output.trim()}`))
    })
  })

/**
 * Builds the pages and compiles the processes unless there is a build of the same sources already. One build at a time; the others wait and use it.
 * @returns the folder of the pages below the checkout, for `NEXT_DIST_DIR`.
 * @throws BuildError
 */
export const buildOnce = async (env: Environment, report: (line: string) => void): Promise<string> => {
  await compileOnce(report)
  const name = await makeOnce(
    {
      dir: buildsDir,
      hash: () => hashSources(projectRoot, isPageSource),
      make: (folder) => runNextBuild(env, folder),
      label: 'Building the pages (only when the sources have changed; takes a minute)',
    },
    report,
  )
  const distDir = path.join(buildsDir, name)
  await makeCurrent(buildsDir, distDir)
  return distDir
}

/**
 * Compiles the processes and commands, for `src/server/run.mjs`, unless they are compiled from these very sources.
 * @returns their folder below the checkout.
 * @throws BuildError
 */
export const compileOnce = async (report: (line: string) => void): Promise<string> => {
  const name = await makeOnce(
    {
      dir: compiledDir,
      hash: () => hashSources(projectRoot, isServerSource),
      make: (folder) =>
        compile(folder).catch((error: unknown) => {
          throw new BuildError(describeFailure(error), { cause: error })
        }),
      label: 'Compiling the processes',
    },
    report,
  )
  await makeCurrent(compiledDir, name)
  return path.join(compiledDir, name)
}

const describeFailure = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error)
  const isMissing = 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND'
  return isMissing
    ? 'A build needs the packages for development: run `npm ci`, or bring the build along.'
    : error.message
}

/** The folder of the latest build of the pages. @throws StartError when there is none. */
export const findBuild = async (): Promise<string> => {
  const distDir = await readCurrent(buildsDir)
  if (!distDir) throw new StartError('There is no build: run `npm run build` first.')
  return distDir
}

/** The folder of what was compiled last. @throws StartError when nothing was. */
export const findCompiled = async (): Promise<string> => {
  const name = await readCurrent(compiledDir)
  if (!name) throw new StartError('Nothing is compiled: run `npm run build` first.')
  return path.join(compiledDir, name)
}
