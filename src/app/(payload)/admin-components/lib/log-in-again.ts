'use client'

import { useEffect, useEffectEvent } from 'react'
import type { AdminWords } from '../words/admin-words'
import { loggedInAgainPath, logInAgainPath, onLoggedInAgain } from '../../../_factors/logged-in-again'

/** Opens the login in a window of its own, so that nothing is lost of what was typed in this one. */
export const openLogin = (): void => {
  window.open(logInAgainPath(loggedInAgainPath), '_blank')
}

/** Follows a login in such a window. */
export const useLoggedInAgain = (follow: () => void): void => {
  const onDone = useEffectEvent(follow)
  useEffect(() => onLoggedInAgain(() => onDone()), [])
}

/** For the message about something that takes a fresh login: the way to one, shown for longer than the words take to be read. */
export const logInAgainAction = ({ say }: Pick<AdminWords, 'say'>) => ({
  action: { label: say('Log in again'), onClick: openLogin },
  duration: 30_000,
})
