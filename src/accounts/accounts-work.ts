import { runErrand } from '#outbox/follow-errand'
import { lostErrands } from '#outbox/lost-work-queries'
import type { Work } from '#outbox/task'
import type { Errand } from '#outbox/task-payloads'
import { deleteOldAccountLinks } from './links/account-link-queries'
import { deliverLoginNews, type LoginNewsErrand } from './deliver-login-news'
import { deleteOldChallenges, deleteOldWaitingLogins } from './second-factor/waiting-login-queries'
import { deleteOldOpenidUses } from './openid/openid-identity-queries'
import { type AccountMailErrand, deliverAccountMail } from './links/deliver-account-mail'

declare module '#outbox/task-payloads' {
  interface TaskPayloads {
    /** A mail about a login; the token of its link is derived when it is written. */
    'deliver-account-mail': Errand<AccountMailErrand>
    /** A mail about what has happened to a login. */
    'deliver-login-news': Errand<LoginNewsErrand>
  }
}

export const accountsWork = {
  tasks: {
    'deliver-account-mail': runErrand<'deliver-account-mail'>(deliverAccountMail),
    'deliver-login-news': runErrand<'deliver-login-news'>(deliverLoginNews),
  },
  overdue: [lostErrands('deliver-account-mail'), lostErrands('deliver-login-news')],
  tidy: [deleteOldAccountLinks, deleteOldWaitingLogins, deleteOldChallenges, deleteOldOpenidUses],
} satisfies Work
