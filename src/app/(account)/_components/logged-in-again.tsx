'use client'

import Link from 'next/link'
import { useEffect } from 'react'
import { tellLoggedInAgain } from '../../_factors/logged-in-again'
import { EmptyState } from '../../(site)/_components/empty-state'
import { useWords } from '../_lib/use-words'

/** At the end of a login in a window of its own, beside the one in which something is to be saved. */
export const LoggedInAgain = () => {
  const { again, links } = useWords()
  useEffect(() => {
    tellLoggedInAgain()
    // Browsers let only windows be closed that a page has opened; else the words below say what to do.
    window.close()
  }, [])
  return (
    <EmptyState level={1} icon="check" title={again.done} text={again.doneText}>
      <Link className="button button--quiet" href="/account">
        {links.toAccount}
      </Link>
    </EmptyState>
  )
}
