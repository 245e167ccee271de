import type { ParleyOptions } from '#parley-options'
import { Partners } from './collections/Partners'
import { withAppeals } from './with-appeals'
import { withAudience } from './with-audience'
import { withCostCentre } from './with-cost-centre'

/** The worked example of `docs/extending.md`: a company that sells courses as well, and bills its sessions to cost centres. */
export const extensions: ParleyOptions = {
  collections: {
    partners: Partners,
    'service-types': withAudience,
    'scheduled-sessions': withCostCentre,
    reviews: withAppeals,
  },
}
