/* eslint-disable no-restricted-properties -- The one place besides src/settings.ts: it completes the environment, there it is read. */
import { existsSync } from 'node:fs'
import path from 'node:path'
import { isCompiled } from '#shared/own-script'
import { StartError } from './exit-with-line'
import { findNodeFault } from './node-version.mjs'

export type Environment = Record<string, string | undefined>

/** The checkout. Commands run in it, as npm runs them. */
export const projectRoot = path.resolve(import.meta.dirname, isCompiled() ? '../../..' : '../..')

/** @throws StartError when Node is too old. */
export const requireNode = (version = process.versions.node): void => {
  const fault = findNodeFault(version)
  if (fault) throw new StartError(fault)
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
