import { openTable } from '#shared/open-table'
import type { Channel } from '../channel'
import type { NotificationChannel } from '../notification-types'
import { emailChannel } from './email/email-channel'
import { inAppChannel } from './in-app/in-app-channel'

const ownChannels = { email: emailChannel, 'in-app': inAppChannel }

/** The ways to reach people; those of an installation come behind the product's. */
export const messageChannels = openTable<Channel, NotificationChannel>('channel', ownChannels)

/** Whether the installation reaches people in ways of its own. */
export const hasAddedChannels = (): boolean => messageChannels.names().some((name) => !Object.hasOwn(ownChannels, name))
