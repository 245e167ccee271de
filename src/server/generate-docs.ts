import { writeSeedsMap } from './write-seeds-map'

/** Writes every page that is made from code. */
await writeSeedsMap()
process.stdout.write('Wrote docs/generated/seeds-map.md\n')
