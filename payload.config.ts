import { buildConfig } from 'payload'
import { restrictInternalCollections } from '#access/restrict-internal-collections'
import { extensions } from '#extensions/index'
import { parley } from '#parley'

export default buildConfig(parley(extensions)).then(restrictInternalCollections)
