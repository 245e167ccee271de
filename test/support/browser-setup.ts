import type { TestProject } from 'vitest/node'
import { buildOnce } from '#server/build-once'
import { readEnvironment } from '#server/environment'

declare module 'vitest' {
  interface ProvidedContext {
    /** The production build of the present sources. */
    distDir: string
  }
}

export const setup = async (project: TestProject): Promise<void> =>
  project.provide('distDir', await buildOnce(readEnvironment(), (line) => process.stdout.write(`${line}\n`)))
