/* eslint-disable no-restricted-properties -- The one place besides src/settings.ts: it completes the environment, there it is read. */
import { existsSync } from 'node:fs'
import path from 'node:path'
import { StartError } from './exit-with-line'

export type Environment = Record<string, string | undefined>

/** The checkout. Commands run in it, as npm runs them. */
export const projectRoot = path.resolve(import.meta.dirname, '../..')

/** What the product is tested with. An installation for development brings it along; one for production uses that of its machine. */
const oldestNode = 24

/** @throws StartError when Node is too old. */
export const requireNode = (version = process.versions.node): void => {
  if (Number.parseInt(version, 10) >= oldestNode) return
  throw new StartError(
    `Parley needs Node ${oldestNode} or newer, and this is ${version}: install it, or run \`npm ci\` with the packages for development, which bring it.`,
  )
}

/**
 * The process's environment with `.env` of the checkout beneath it: what is set already wins.
 * @throws StartError when Node is too old.
 */
export const readEnvironment = (): Environment => {
  requireNode()
  const file = path.join(projectRoot, '.env')
  if (existsSync(file)) process.loadEnvFile(file)
  return { ...process.env }
}

/**
 * What `NODE_ENV` is for whatever works for an installation: production, unless it says otherwise. `npm start` alone is the demo
 * without it, and what has no `DATABASE_URL` and no `NODE_ENV` belongs to that demo.
 */
export const modeOf = (env: Environment): string => env.NODE_ENV || 'production'

/** Sets `values` for this process, before `src/settings.ts` is first imported. */
export const setEnvironment = (values: Environment): void => {
  for (const [name, value] of Object.entries(values)) {
    if (value !== undefined) process.env[name] = value
  }
}

/** Where everything lives that a start makes: database, secrets, caches. */
export const dataDirOf = (env: Environment): string => path.resolve(projectRoot, env.DATA_DIR || '.data')
