'use client'

import { useViewerZone } from './lib/use-viewer-zone'

/** Under a field of an instant: on whose clock it is typed and shown. */
export const ViewerZoneNote = () => {
  const zone = useViewerZone()
  return <p className="parley-quiet">{zone === undefined ? '\u00A0' : `On your clock, ${zone.replaceAll('_', ' ')}`}</p>
}
