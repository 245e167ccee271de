'use client'

import { useState } from 'react'
import { ChooseFactor } from './choose-factor'
import { GiveUpLink } from './give-up-link'
import { RecoveryCodesBox } from './recovery-codes-box'
import { useWords } from '../lib/use-words'

/** For somebody who has to have a second factor and has none: they set one up, and are in. */
export const EnrolSecondFactor = ({ back, loginUrl }: { back: string; loginUrl: string }) => {
  const { say } = useWords()
  const [codes, setCodes] = useState<readonly string[]>()
  const goOn = () => window.location.assign(back)
  if (codes) return <RecoveryCodesBox codes={codes} onKept={goOn} />
  return (
    <>
      <h1>{say('Set up a second factor')}</h1>
      <p>
        {say(
          'Your password alone does not open your account any more: you also show that you have a device of yours. Set it up now to go on. You have half an hour.',
        )}
      </p>
      <ChooseFactor hasApp={false} onAdded={(given) => (given ? setCodes(given) : goOn())} />
      <GiveUpLink loginUrl={loginUrl} />
    </>
  )
}
