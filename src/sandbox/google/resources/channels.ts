import { route } from '../api/route'
import { channelInput, closeChannel } from '../notifications/open-channel'

/** Channels for push notifications, whatever they are about. */
export const channelRoutes = [
  route({
    operation: 'channels.stop',
    method: 'POST',
    path: '/channels/stop',
    scopes: [
      'calendar',
      'calendar.readonly',
      'calendar.calendarlist',
      'calendar.calendarlist.readonly',
      'calendar.events',
      'calendar.events.readonly',
      'calendar.events.freebusy',
      'calendar.events.owned',
      'calendar.events.owned.readonly',
      'calendar.events.public.readonly',
      'calendar.app.created',
      'calendar.settings.readonly',
    ],
    body: channelInput.partial(),
    handle: (world, { caller, body }) => {
      closeChannel(world, { email: caller.email, id: body.id, resourceId: body.resourceId })
      return { resource: null }
    },
  }),
]
