import { writeSeedsMap } from './write-seeds-map'

await writeSeedsMap()
process.stdout.write('Wrote docs/generated/seeds-map.md\n')
