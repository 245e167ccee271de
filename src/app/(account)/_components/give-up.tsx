'use client'

import { giveUpLogin } from '../_lib/second-factor-api'
import { useWords } from '../_lib/use-words'

/** The way back to the login, for whoever wants to log in as somebody else. */
export const GiveUp = () => {
  const { factor } = useWords()
  return (
    <button
      type="button"
      className="button button--quiet button--small"
      onClick={() =>
        void giveUpLogin()
          .catch(() => undefined)
          .then(() => window.location.assign('/account/login'))
      }
    >
      {factor.giveUp}
    </button>
  )
}
