'use client'

import { CompareNow } from './money/compare-now'

/** Above the list of comparisons and that of differences. */
export const CompareNowBar = () => (
  <div className="parley-list-bar">
    <CompareNow />
  </div>
)
