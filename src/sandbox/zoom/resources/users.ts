import { route } from '../api/route'
import { mustFindUser } from '../world'

/** The people of the account, who can be hosts. */
export const userRoutes = [
  route({
    operation: 'users.get',
    method: 'GET',
    path: '/users/:userId',
    handle: (world, { segments: [id = ''] }) => {
      const { firstName, lastName, timeZone, ...user } = mustFindUser(world, id)
      const body = {
        id: user.id,
        email: user.email,
        first_name: firstName,
        last_name: lastName,
        display_name: `${firstName} ${lastName}`.trim(),
        // Licensed.
        type: 2,
        timezone: timeZone,
        account_id: world.app.accountId,
        status: 'active',
      }
      return { status: 200, body }
    },
  }),
]
