import type { PayloadRequest } from 'payload'
import { enqueue } from '#outbox/enqueue'
import { createId } from '#shared/ids'
import type { FormerOwner, LoginNews } from './deliver-login-news'

/**
 * Mails the owner of a login what has happened to it, once that is so. Within the open transaction.
 * @param former who is told, if that is not whom the login belongs to when the mail goes out.
 */
export const tellOwner = (req: PayloadRequest, userId: string, news: LoginNews, former?: FormerOwner): Promise<void> =>
  enqueue(req, {
    task: 'deliver-login-news',
    errand: { id: createId(), userId, news, ...(former === undefined ? {} : { former }) },
    maxAttempts: 25,
  })
