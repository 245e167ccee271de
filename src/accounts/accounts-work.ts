import { runErrand } from '#outbox/follow-errand'
import { lostErrands } from '#outbox/lost-work-queries'
import type { Work } from '#outbox/task'
import type { Errand } from '#outbox/task-payloads'
import { deleteOldAccountLinks } from './links/account-link-queries'
import { deleteOldOpenidUses } from './openid/openid-identity-queries'
import { type AccountMailErrand, deliverAccountMail } from './links/deliver-account-mail'

declare module '#outbox/task-payloads' {
  interface TaskPayloads {
    /** A mail about a login; the token of its link is derived when it is written. */
    'deliver-account-mail': Errand<AccountMailErrand>
  }
}

export const accountsWork = {
  tasks: { 'deliver-account-mail': runErrand<'deliver-account-mail'>(deliverAccountMail) },
  overdue: [lostErrands('deliver-account-mail')],
  tidy: [deleteOldAccountLinks, deleteOldOpenidUses],
} satisfies Work
