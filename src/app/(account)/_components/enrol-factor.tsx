'use client'

import { useState } from 'react'
import { useWords } from '../_lib/use-words'
import { AddFactor } from './add-factor'
import { GiveUp } from './give-up'
import { RecoveryCodes } from './recovery-codes'

/** For somebody who has to have a second factor and has none: they set one up, and are in. */
export const EnrolFactor = ({ onDone }: { onDone: () => void }) => {
  const { factor } = useWords()
  const [codes, setCodes] = useState<readonly string[]>()
  if (codes) {
    return (
      <div className="narrow">
        <h1>{factor.codesTitle}</h1>
        <RecoveryCodes codes={codes} hasHeading={false} onKept={onDone} />
      </div>
    )
  }
  return (
    <div className="narrow">
      <h1>{factor.enrolTitle}</h1>
      <p className="lead">{factor.enrolIntro}</p>
      <div className="panel form">
        <AddFactor hasApp={false} onAdded={(given) => (given ? setCodes(given) : onDone())} />
        <div className="button-row">
          <GiveUp />
        </div>
      </div>
    </div>
  )
}
