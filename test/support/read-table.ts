import { actorRoles, type ActorRole } from '#shared/actor'

// Object.keys gives string[]; the table's keys are exactly the roles.
export const everyRole = Object.keys(actorRoles) as ActorRole[]

/**
 * Reads a table as `docs` would print it: lines of `from → to, to: role, role`. Written by hand in the tests, so that a slip in
 * the code's own table is not its own proof.
 */
export const readTable = (text: string): ((from: string, to: string, role: ActorRole) => boolean) => {
  const allowed = new Set<string>()
  for (const line of text.split('\n').filter((row) => row.trim())) {
    const [, from = '', targets = '', roles = ''] = /^\s*(\w+) → ([\w, ]+): ([\w, ]+?)\s*$/.exec(line) ?? []
    if (!from) throw new Error(`Not a line of a table: ${line}`)
    for (const to of targets.split(', ')) for (const role of roles.split(', ')) allowed.add(`${from} ${to} ${role}`)
  }
  return (from, to, role) => allowed.has(`${from} ${to} ${role}`)
}
