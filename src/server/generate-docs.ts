import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { renderStates } from './render-states'
import { writeSeedsMap } from './write-seeds-map'

/** Writes every page that is made from code. */
await writeSeedsMap()
process.stdout.write('Wrote docs/generated/seeds-map.md\n')

await writeFile(path.resolve('docs/generated/states.md'), renderStates())
process.stdout.write('Wrote docs/generated/states.md\n')

const [{ operations }, { buildOpenapi }] = await Promise.all([
  import('#endpoints/index'),
  import('#endpoints/support/openapi'),
])
const target = 'docs/generated/openapi.json'
await writeFile(path.resolve(target), `${JSON.stringify(buildOpenapi(operations), null, 2)}\n`)
process.stdout.write(`Wrote ${target}\n`)
