'use client'

import { useViewerZone } from './lib/use-viewer-zone'
import { useWords } from './lib/use-words'

/** Under a field of an instant: on whose clock it is typed and shown. */
export const ViewerZoneNote = () => {
  const { say } = useWords()
  const zone = useViewerZone()
  return (
    <p className="parley-quiet">
      {zone === undefined ? '\u00A0' : say('On your clock, {zone}', { zone: zone.replaceAll('_', ' ') })}
    </p>
  )
}
