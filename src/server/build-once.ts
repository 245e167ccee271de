import { spawn } from 'node:child_process'
import { readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { hashBuildInputs } from './build-inputs'
import { distDirOf, projectRoot, type Environment } from './environment'
import { withFolderLock } from './folder-lock'

/** `next build` failed; what it said stands in the message. */
export class BuildError extends Error {
  override readonly name = 'BuildError'
}

const runNextBuild = (env: Environment): Promise<void> =>
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
        NEXT_DIST_DIR: distDirOf(env),
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
 * Builds the pages unless the last build was made from the same sources. One build at a time for each folder; the others
 * wait and use it.
 * @returns whether it built.
 * @throws BuildError
 */
export const buildOnce = async (env: Environment, report: (line: string) => void): Promise<boolean> => {
  const dist = path.join(projectRoot, distDirOf(env))
  const stamp = path.join(dist, 'BUILD_INPUTS')
  const isCurrent = async (hash: string) => (await readFile(stamp, 'utf8').catch(() => '')) === hash
  const hash = await hashBuildInputs()
  if (await isCurrent(hash)) return false
  return withFolderLock(`${dist}.lock`, {
    onWait: () => report('Waiting for another build'),
    run: async () => {
      if (await isCurrent(hash)) return false
      report('Building the pages (the first time this takes a minute or two)')
      await rm(stamp, { force: true })
      const startedAt = Date.now()
      await runNextBuild(env)
      await writeFile(stamp, hash)
      report(`Built in ${Math.round((Date.now() - startedAt) / 1000)} s`)
      return true
    },
  })
}
