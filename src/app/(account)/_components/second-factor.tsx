'use client'

import Link from 'next/link'
import { useEffect } from 'react'
import { EmptyState } from '../../(site)/_components/empty-state'
import { PageSkeleton } from '../../(site)/_components/skeleton'
import { useQuery } from '../../(site)/_lib/use-query'
import { accountErrorText } from '../_lib/account-error-text'
import { getSecondFactor } from '../_lib/second-factor-api'
import { useWords } from '../_lib/use-words'
import { AccountProblem } from './account-problem'
import { EnrolFactor } from './enrol-factor'
import { ShowFactor } from './show-factor'

/** The way on for somebody whose password was right, and who still has to show more, or to set it up. */
export const SecondFactor = ({ back }: { back: string }) => {
  const words = useWords()
  const { data, error } = useQuery({ key: 'account-factor-asked', load: getSecondFactor, maxAgeMs: 0 })
  const isComplete = data?.waitsFor === null
  // The page that follows is loaded as whoever they are now.
  const goOn = () => window.location.assign(back)
  useEffect(() => {
    if (isComplete) window.location.replace(back)
  }, [isComplete, back])

  if (error?.code === 'unauthenticated') {
    return (
      <EmptyState level={1} icon="clock" title={words.factor.title} text={words.factor.nobodyWaits}>
        <Link className="button" href="/account/login">
          {words.logIn.action}
        </Link>
      </EmptyState>
    )
  }
  if (error && !data) return <AccountProblem text={accountErrorText(error, words)} />
  if (!data || isComplete) return <PageSkeleton />
  return data.waitsFor === 'enrolment' ? <EnrolFactor onDone={goOn} /> : <ShowFactor ways={data.ways} onDone={goOn} />
}
