import { spawn } from 'node:child_process'
import path from 'node:path'
import { projectRoot, type Environment } from './environment'
import { StartError } from './exit-with-line'

/** Runs one of our scripts in a process of its own. @throws StartError with what it said when it fails. */
export const runScript = (script: string, env: Environment): Promise<void> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--no-deprecation', path.join(projectRoot, 'src/server/run.mjs'), script], {
      cwd: projectRoot,
      env: { ...env, NODE_ENV: env.NODE_ENV === 'development' ? 'development' : 'production' },
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    let said = ''
    child.stderr.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-4_000)))
    child.once('error', reject)
    child.once('close', (code) => {
      if (code === 0) resolve()
      else reject(new StartError(`${script} failed: ${said.trim() || `exit code ${code}`}`))
    })
  })
