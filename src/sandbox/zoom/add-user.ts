import { randomBytes } from 'node:crypto'
import { isTimeZone } from '../shared/is-time-zone'
import type { StoredUser } from './records'
import { Refusal } from './refusal'
import type { World } from './world'

export type NewUser = {
  email: string
  name: string
  /** Default UTC. */
  timeZone?: string
}

/** A user of the account; one with that address who is there already stays as they are. @throws Refusal */
export const addUser = (world: World, { email, name, timeZone = 'UTC' }: NewUser): StoredUser => {
  if (!isTimeZone(timeZone)) throw new Refusal(400, 300, `There is no time zone ${timeZone}.`)
  const known = [...world.tables.users.values()].find((user) => user.email === email.toLowerCase())
  if (known) return known
  const [firstName = '', ...rest] = name.split(' ')
  const user = {
    id: randomBytes(16).toString('base64url'),
    email: email.toLowerCase(),
    firstName,
    lastName: rest.join(' '),
    timeZone,
  }
  world.tables.users.put(user.id, user)
  return user
}
