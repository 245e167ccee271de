import type { PayloadRequest } from 'payload'
import { enqueue } from '#outbox/enqueue'
import { createId } from '#shared/ids'
import type { LoginNews } from './deliver-login-news'

/**
 * Mails the owner of a login what has happened to it, once that is so. Within the open transaction.
 * @param address where they are told, if that is not the address which the login has when the mail goes out.
 */
export const tellOwner = (req: PayloadRequest, userId: string, news: LoginNews, address?: string): Promise<void> =>
  enqueue(req, {
    task: 'deliver-login-news',
    errand: { id: createId(), userId, news, ...(address === undefined ? {} : { address }) },
    maxAttempts: 25,
  })
