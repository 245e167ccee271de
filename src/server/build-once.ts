import { spawn } from 'node:child_process'
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { hashBuildInputs } from './build-inputs'
import { projectRoot, type Environment } from './environment'
import { StartError } from './exit-with-line'
import { withFolderLock } from './folder-lock'

/** One folder a state of the sources, so that a new build never pulls the files from under a running server. */
const buildsDir = '.next/builds'
const keptBuilds = 3

const absolute = (relative: string): string => path.join(projectRoot, relative)

const currentFile = absolute(path.join(buildsDir, 'current'))

/** `next build` failed; what it said stands in the message. */
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

const removeOldBuilds = async (): Promise<void> => {
  const entries = await readdir(absolute(buildsDir), { withFileTypes: true })
  const builds = await Promise.all(
    entries
      .filter((entry) => entry.isDirectory() && /^[0-9a-f]{16}$/.test(entry.name))
      .map(async ({ name }) => ({ name, at: (await stat(absolute(path.join(buildsDir, name)))).mtimeMs })),
  )
  builds.sort((a, b) => b.at - a.at)
  await Promise.all(
    builds
      .slice(keptBuilds)
      .map(({ name }) => rm(absolute(path.join(buildsDir, name)), { recursive: true, force: true })),
  )
}

const writeWhole = async (file: string, text: string): Promise<void> => {
  await writeFile(`${file}.${process.pid}`, text)
  await rename(`${file}.${process.pid}`, file)
}

/**
 * Builds the pages unless there is a build of the same sources already. One build at a time; the others wait and use it.
 * @returns its folder below the checkout, for `NEXT_DIST_DIR`.
 * @throws BuildError
 */
export const buildOnce = async (env: Environment, report: (line: string) => void): Promise<string> => {
  const distDir = path.join(buildsDir, (await hashBuildInputs()).slice(0, 16))
  const finished = absolute(path.join(distDir, 'FINISHED'))
  const isBuilt = async () => Boolean(await stat(finished).catch(() => undefined))
  await mkdir(absolute(buildsDir), { recursive: true })
  if (!(await isBuilt())) {
    await withFolderLock(absolute(path.join(buildsDir, 'lock')), {
      onWait: () => report('Waiting for another build'),
      run: async () => {
        if (await isBuilt()) return
        report('Building the pages (only when the sources have changed; takes a minute)')
        const startedAt = Date.now()
        await runNextBuild(env, distDir)
        await writeFile(finished, '')
        report(`Built in ${Math.round((Date.now() - startedAt) / 1000)} s`)
        await removeOldBuilds()
      },
    })
  }
  await writeWhole(currentFile, distDir)
  return distDir
}

/** The folder of the latest build. @throws StartError when there is none. */
export const findBuild = async (): Promise<string> => {
  const distDir = await readFile(currentFile, 'utf8').catch(() => '')
  if (!distDir) throw new StartError('There is no build: run `npm run build` first.')
  return distDir
}
