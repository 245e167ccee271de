'use client'

import { formatInstantIn } from './format-instant'
import { useViewerZone } from './use-viewer-zone'
import { useWords } from './use-words'

/** An instant on the clock of whoever looks, with the zone beside it. */
export const InstantText = ({ instant }: { instant: string }) => {
  const { locale } = useWords()
  const zone = useViewerZone()
  if (zone === undefined) return <time dateTime={instant}>…</time>
  return (
    <time dateTime={instant} title={instant}>
      {formatInstantIn(instant, zone, locale)}
    </time>
  )
}
