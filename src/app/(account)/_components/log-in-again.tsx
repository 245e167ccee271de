'use client'

import Link from 'next/link'
import { logInAgainPath } from '../../_factors/logged-in-again'
import { useWords } from '../_lib/use-words'

/** The way to a login that is fresh enough, and back to the account. */
export const LogInAgain = () => {
  const { again } = useWords()
  return (
    <Link className="button button--quiet" href={logInAgainPath('/account')}>
      {again.action}
    </Link>
  )
}
