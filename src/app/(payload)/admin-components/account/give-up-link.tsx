'use client'

import { Button } from '@payloadcms/ui'
import { api } from '../lib/api'

/** The way back to the login. */
export const GiveUpLink = ({ loginUrl }: { loginUrl: string }) => (
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
    Back to the login
  </Button>
)
