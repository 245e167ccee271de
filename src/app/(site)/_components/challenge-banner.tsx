'use client'

import { useSyncExternalStore } from 'react'
import { challengeProgress } from '../_lib/solve-challenge'
import { useTexts } from '../_lib/use-texts'

/** Says why a button takes a moment. The live region is always there, so that its text is announced when it comes. */
export const ChallengeBanner = () => {
  const words = useTexts().messages.common
  const share = useSyncExternalStore(challengeProgress.subscribe, challengeProgress.read, () => null)
  return (
    <div role="status" className="challenge-banner">
      {share === null ? null : (
        <p>
          {words.solving} <progress aria-label={words.solvingProgress} max={1} value={share} />
        </p>
      )}
    </div>
  )
}
