'use client'

import { Button } from '@payloadcms/ui'
import { api } from '../lib/api'
import { useWords } from '../lib/use-words'

/** The way back to the login. */
export const GiveUpLink = ({ loginUrl }: { loginUrl: string }) => {
  const { say } = useWords()
  return (
    <Button
      buttonStyle="transparent"
      margin={false}
      onClick={() =>
        void api
          .POST('/api/account/second-factor/give-up', { body: {} })
          .catch(() => undefined)
          .then(() => window.location.assign(loginUrl))
      }
      size="medium"
      type="button"
    >
      {say('Back to the login')}
    </Button>
  )
}
