import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { checkFillings, nameFiller, readSources } from './check-fillings'
import { renderSeedsMap } from './render-seeds-map'
import { seedSources } from './seeds-map'
import { unfilled } from './unfilled'

const projectRoot = path.resolve(import.meta.dirname, '../../..')

/** Where the page is kept. */
export const seedsMapFile = path.join(projectRoot, 'docs/generated/seeds-map.md')

/** The text of the page, from the tables and the sources as they are. */
export const makeSeedsMap = (sources = readSources()): string =>
  renderSeedsMap(seedSources, {
    filled: checkFillings(sources).filled,
    unfilled,
    nameFiller: (name) => nameFiller(sources, name),
  })

/** Writes docs/generated/seeds-map.md. */
export const writeSeedsMap = async (): Promise<void> => {
  await mkdir(path.dirname(seedsMapFile), { recursive: true })
  await writeFile(seedsMapFile, makeSeedsMap())
}
