'use client'

import Link from 'next/link'
import { useWords } from '../_lib/use-words'
import { AskForLink } from './ask-for-link'

export const Forgot = () => {
  const { forgot, logIn } = useWords()
  return (
    <div className="narrow">
      <h1>{forgot.title}</h1>
      <p className="lead">{forgot.intro}</p>
      <AskForLink />
      <p>
        <Link href="/account/login">{logIn.title}</Link>
      </p>
    </div>
  )
}
