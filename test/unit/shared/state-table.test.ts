import { describe, expect, it } from 'vitest'
import {
  decideTransition,
  hasWay,
  isOneOf,
  type Machine,
  namesOf,
  nextStates,
  type StateRow,
  statesBefore,
  statesWhere,
} from '#shared/state-table'

type Name = 'closed' | 'open' | 'broken'
type DoorRow = StateRow<Name> & { isPassable: boolean; soundsLike: 'creak' | 'crash' | null }

const doorStates = {
  closed: {
    label: { en: 'Closed', de: 'Zu' },
    terminal: false,
    isPassable: false,
    soundsLike: null,
    to: { open: { who: ['customer', 'system'], follows: 'people go in' } },
  },
  open: {
    label: { en: 'Open', de: 'Auf' },
    terminal: false,
    isPassable: true,
    soundsLike: 'creak',
    to: {
      closed: { who: ['customer'], follows: 'it is quiet' },
      broken: { who: ['system'], follows: 'somebody mends it' },
    },
  },
  broken: { label: { en: 'Broken', de: 'Kaputt' }, terminal: true, isPassable: true, soundsLike: 'crash', to: {} },
} as const satisfies Record<Name, DoorRow>

const door: Machine<Name> = { noun: 'door', states: doorStates }

describe('a table of states', () => {
  it('says which ways there are, and for whom', () => {
    expect(nextStates(door, 'open', 'customer')).toEqual(['closed'])
    expect(nextStates(door, 'open', 'consultant')).toEqual([])
    expect(statesBefore(door, 'open', 'system')).toEqual(['closed'])
    expect(hasWay(door, 'open', 'broken')).toBe(true)
    expect(hasWay(door, 'broken', 'open')).toBe(false)
    // Staying is a way like any other.
    expect(hasWay(door, 'open', 'open')).toBe(false)
  })

  it('refuses with the name of the thing and what may follow instead', () => {
    const refusal = (from: Name, to: Name, role: 'customer' | 'system' | 'payment') =>
      decideTransition(door, { from, to, role })?.message
    expect(refusal('closed', 'open', 'customer')).toBeUndefined()
    expect(refusal('open', 'broken', 'customer')).toBe(
      'A door that is open cannot become broken (customer). Allowed next: closed.',
    )
    expect(refusal('open', 'broken', 'payment')).toBe(
      'A door that is open cannot become broken (payment). Allowed next, for others: closed (customer), broken (system).',
    )
    expect(refusal('broken', 'open', 'system')).toBe(
      'A door that is broken cannot become open (system). Nothing can follow it.',
    )
  })

  it('gives lists by what the states mean, so that a new row is in them by itself', () => {
    expect(statesWhere(doorStates, 'isPassable', true)).toEqual(['open', 'broken'])
    expect(statesWhere(doorStates, 'soundsLike', 'creak', 'crash')).toEqual(['open', 'broken'])
    const row = {
      label: { en: 'Ajar', de: 'Angelehnt' },
      terminal: false,
      isPassable: true,
      soundsLike: 'creak',
      to: {},
    } as const
    const more = { ...doorStates, ajar: row } as const
    expect(statesWhere(more, 'isPassable', true)).toEqual(['open', 'broken', 'ajar'])
    expect(namesOf(more)).toEqual(['closed', 'open', 'broken', 'ajar'])
    const passable: ('open' | 'broken')[] = statesWhere(doorStates, 'isPassable', true)
    expect(isOneOf(passable, 'closed')).toBe(false)
    expect(isOneOf(passable, null)).toBe(false)
    expect(isOneOf(passable, 'open')).toBe(true)
  })

  it('is held by the compiler', () => {
    // @ts-expect-error There is no such column.
    expect(() => statesWhere(doorStates, 'isLocked', true)).toBeTypeOf('function')
    // @ts-expect-error No row says that.
    expect(statesWhere(doorStates, 'soundsLike', 'bang')).toEqual([])
    // @ts-expect-error A new state has to say everything that a state of its machine says.
    const silent: DoorRow = { label: { en: 'Ajar', de: 'Angelehnt' }, terminal: false, to: {} }
    expect(silent.label.en).toBe('Ajar')
    // @ts-expect-error Another state has no row yet.
    const missing: Record<Name | 'ajar', DoorRow> = doorStates
    expect(namesOf(missing)).not.toContain('ajar')
  })
})
