import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { renderSeedsMap } from './render-seeds-map'
import { seedSources } from './seeds-map'

const projectRoot = path.resolve(import.meta.dirname, '../..')

/** Where the page is kept. */
export const seedsMapFile = path.join(projectRoot, 'docs/generated/seeds-map.md')

/** Writes docs/generated/seeds-map.md. */
export const writeSeedsMap = async (): Promise<void> => {
  await mkdir(path.dirname(seedsMapFile), { recursive: true })
  await writeFile(seedsMapFile, renderSeedsMap(seedSources))
}
