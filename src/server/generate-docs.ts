import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { writeSeedsMap } from './write-seeds-map'

/** Writes every page that is made from code. */
await writeSeedsMap()
process.stdout.write('Wrote docs/generated/seeds-map.md\n')

const [{ operations }, { buildOpenapi }] = await Promise.all([
  import('../../endpoints'),
  import('../../endpoints/support/openapi'),
])
const target = 'docs/generated/openapi.json'
await writeFile(path.resolve(target), `${JSON.stringify(buildOpenapi(operations), null, 2)}\n`)
process.stdout.write(`Wrote ${target}\n`)
