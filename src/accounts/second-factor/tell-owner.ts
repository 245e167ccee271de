import type { PayloadRequest } from 'payload'
import { enqueue } from '#outbox/enqueue'
import { createId } from '#shared/ids'
import type { LoginNews } from './deliver-login-news'

/** Mails the owner of a login what has happened to it, once that is so. Within the open transaction. */
export const tellOwner = (req: PayloadRequest, userId: string, news: LoginNews): Promise<void> =>
  enqueue(req, { task: 'deliver-login-news', errand: { id: createId(), userId, news }, maxAttempts: 25 })
