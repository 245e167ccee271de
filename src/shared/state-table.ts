import type { ActorRole } from './actor'
import { DomainError } from './errors'
import type { Words } from './words'

/** Who may make a change, and what it means for the rest of the system (for people: docs and refusals quote it). */
export type Transition = { who: readonly ActorRole[]; follows: string }

type Ways<Name extends string> = { readonly [Next in Name]?: Transition }

/** What every row of a table of states says; each machine adds what its states mean. */
export type StateRow<Name extends string> = {
  label: Words
  /** Nothing is still to happen by itself. */
  terminal: boolean
  to: Ways<Name>
}

/** A table of states with the word for what is in them, as refusals use it. */
export type Machine<Name extends string> = { noun: string; states: Readonly<Record<Name, StateRow<Name>>> }

/** The names of a table's states, in its order. */
export const namesOf = <Name extends string>(table: Readonly<Record<Name, unknown>>): Name[] =>
  // Object.keys gives string[]; the table's keys are exactly the states.
  Object.keys(table) as Name[]

/** Whether a value (also one that came from a database or an API) is one of these states. */
export const isOneOf = <Name extends string>(
  states: readonly Name[],
  value: string | null | undefined,
): value is Name => states.some((state) => state === value)

/** The states whose rows say one of `values` in a column, in the table's order. */
export const statesWhere = <
  Table extends Readonly<Record<string, object>>,
  Column extends keyof Table[keyof Table],
  const Value extends Table[keyof Table][Column],
>(
  table: Table,
  column: Column,
  ...values: readonly [Value, ...Value[]]
): StatesWith<Table, Column, Value>[] => {
  const wanted: readonly unknown[] = values
  const matching = Object.entries(table).filter(([, row]) => wanted.includes((row as Table[keyof Table])[column]))
  return matching.map(([state]) => state as StatesWith<Table, Column, Value>)
}

type StatesWith<Table, Column extends keyof Table[keyof Table], Value> = {
  [State in keyof Table & string]: Table[State][Column] extends Value ? State : never
}[keyof Table & string]

const wayOf = <Name extends string>({ states }: Machine<Name>, from: Name, to: Name): Transition | undefined => {
  const ways: Ways<Name> = states[from].to
  return ways[to]
}

/** Whether the table has this way, whoever takes it. */
export const hasWay = <Name extends string>(machine: Machine<Name>, from: NoInfer<Name>, to: NoInfer<Name>): boolean =>
  wayOf(machine, from, to) !== undefined

/** The states that `role` may choose next, in the order of the table. */
export const nextStates = <Name extends string>(machine: Machine<Name>, from: NoInfer<Name>, role: ActorRole): Name[] =>
  namesOf(machine.states).filter((to) => wayOf(machine, from, to)?.who.includes(role))

/** The states out of which `role` may come into this one. */
export const statesBefore = <Name extends string>(machine: Machine<Name>, to: NoInfer<Name>, role: ActorRole): Name[] =>
  namesOf(machine.states).filter((from) => wayOf(machine, from, to)?.who.includes(role))

export type Step<Name extends string> = { from: Name; to: Name; role: ActorRole }

const articleOf = (noun: string): string => (/^[aeiou]/.test(noun) ? 'An' : 'A')

const hintOf = <Name extends string>(machine: Machine<Name>, { from, role }: Step<Name>): string => {
  const own = nextStates(machine, from, role)
  if (own.length) return `Allowed next: ${own.join(', ')}.`
  const ways: [string, Transition][] = Object.entries(machine.states[from].to)
  if (!ways.length) return 'Nothing can follow it.'
  return `Allowed next, for others: ${ways.map(([to, { who }]) => `${to} (${who.join(', ')})`).join(', ')}.`
}

/**
 * Whether `role` may bring something from one state into another. The one question that every gate and every store of an outcome asks.
 * @param hint what to say instead of the list of what is allowed next.
 * @returns the refusal, or undefined.
 */
export const decideTransition = <Name extends string>(
  machine: Machine<Name>,
  step: Step<NoInfer<Name>>,
  hint?: string,
): DomainError | undefined => {
  const { from, to, role } = step
  if (wayOf(machine, from, to)?.who.includes(role)) return undefined
  const { noun } = machine
  const says = `${articleOf(noun)} ${noun} that is ${from} cannot become ${to} (${role}).`
  return new DomainError('illegal_transition', `${says} ${hint ?? hintOf(machine, step)}`)
}
