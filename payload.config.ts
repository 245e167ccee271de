import { buildConfig } from 'payload'
import { restrictInternalCollections } from '#access/restrict-internal-collections'
import { usePlainCells } from '#composition/use-plain-cells'
import { extensions } from '#extensions/index'
import { guardInternalCollections } from '#hooks/shared/guard-internal-collections'
import { parley } from '#parley'

export default buildConfig(parley(extensions))
  .then(restrictInternalCollections)
  .then(guardInternalCollections)
  .then(usePlainCells)
