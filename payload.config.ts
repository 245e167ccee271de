import { buildConfig } from 'payload'
import { restrictInternalCollections } from '#access/restrict-internal-collections'
import { parley } from '#parley'

export default buildConfig(parley()).then(restrictInternalCollections)
