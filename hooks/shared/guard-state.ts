import type { FieldHook, PayloadRequest } from 'payload'
import { actorOf } from '#access/act-as'
import { decideTransition, type Machine, namesOf } from '#shared/state-table'

/** A form shows the record as it was read, so what others have changed since is no wish of whoever sends it. */
const isStaleForm = (sent: unknown, read: unknown): boolean =>
  typeof sent === 'string' && typeof read === 'string' && Date.parse(sent) !== Date.parse(read)

const find = <Name extends string>({ states }: Machine<Name>, value: unknown): Name | undefined =>
  namesOf(states).find((name) => name === value)

/**
 * The gate of a field that holds a state: whoever writes it, by REST, GraphQL or the Local API, goes along the table or not at all. It
 * comes before the access to the field, which would leave a state that nobody may set aside without a word.
 * @throws DomainError `illegal_transition`, which names the allowed next states.
 */
export const guardState =
  <Name extends string>(machine: Machine<Name>): FieldHook =>
  ({ data, operation, originalDoc, overrideAccess, previousValue, req, value }): unknown => {
    const [from, to] = [find(machine, previousValue), find(machine, value)]
    if (operation !== 'update' || from === undefined || to === undefined || from === to) return value
    const isLeftAside = overrideAccess !== true && isStaleForm(data?.updatedAt, updatedAtOf(originalDoc))
    if (isLeftAside) return value
    const refusal = decideTransition(machine, { from, to, role: roleOf(req) })
    if (refusal) throw refusal
    return value
  }

const roleOf = (req: PayloadRequest) => actorOf(req).role

const updatedAtOf = (doc: unknown): unknown =>
  typeof doc === 'object' && doc !== null && 'updatedAt' in doc ? doc.updatedAt : undefined
