/** How an account is logged in to, and what that opens. */
type Login = {
  email?: string | null
  password?: string | null
  roles?: readonly string[] | null
  _verified?: boolean | null
  isActive?: boolean | null
}

/**
 * What a write changes about who gets in where, and by what: the address to which new passwords are mailed, the password, a role that was not there, an
 * address that nobody has confirmed by a mailed link, that a login which was switched off is one again. Roles that are taken away let nobody in.
 * @param before null for an account that is made. Its password opens nothing until its address is confirmed, and customers see what is theirs.
 */
export const decideLoginChange = (before: Login | null, after: Login): LoginChange[] => {
  const rolesBefore: readonly string[] = before ? (before.roles ?? []) : ['customer']
  const isSet = typeof after.password === 'string' && after.password !== ''
  const has: Readonly<Record<LoginChange, boolean>> = {
    address: before !== null && after.email !== undefined && addressOf(after) !== addressOf(before),
    password: before !== null && isSet,
    roles: (after.roles ?? []).some((role) => !rolesBefore.includes(role)),
    confirmation: after._verified === true && before?._verified !== true,
    activation: before?.isActive === false && after.isActive === true,
  }
  return loginChanges.filter((change) => has[change])
}

const loginChanges = ['address', 'password', 'roles', 'confirmation', 'activation'] as const

type LoginChange = (typeof loginChanges)[number]

const addressOf = ({ email }: Login): string => email?.trim().toLowerCase() ?? ''
