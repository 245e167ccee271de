'use client'

import Link from 'next/link'
import { Notice } from '../../(site)/_components/notice'
import { useWords } from '../_lib/use-words'
import { AskForLink } from './ask-for-link'

/** What stands where a mailed link opens nothing: why, and how to get another one. */
export const DeadLink = ({ title, reason }: { title: string; reason: string }) => {
  const { forgot, logIn } = useWords()
  return (
    <div className="narrow">
      <h1>{title}</h1>
      <div role="alert">
        <Notice tone="warn" icon="alert" title={reason} />
      </div>
      <p className="lead">{forgot.intro}</p>
      <AskForLink />
      <p>
        <Link href="/account/login">{logIn.title}</Link>
      </p>
    </div>
  )
}
