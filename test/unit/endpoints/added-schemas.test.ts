import { afterEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { type BookableField, bookingField, setBookingFields } from '#database/fields/booking-field'
import { pickAddedInputs, withAddedAnswers, withAddedInputs } from '#endpoints/support/added-schemas'

const known = z.strictObject({ start: z.string() })

const adding = (...fields: BookableField[]) => {
  setBookingFields(new Map([['scheduled-sessions', fields]]))
}

afterEach(() => {
  setBookingFields(new Map())
})

const takes = (value: unknown): boolean => withAddedInputs(known).safeParse({ start: 'now', tea: value }).success

describe('what the booking API takes of an added field', () => {
  const fields: [field: BookableField, fits: unknown[], not: unknown[]][] = [
    [{ name: 'tea', type: 'text', maxLength: 5 }, ['green'], ['oolong', 'a\nb', '', 1]],
    [{ name: 'tea', type: 'textarea' }, ['a\nb'], ['a\u202Eb', 7]],
    [{ name: 'tea', type: 'text', hasMany: true }, [[], ['a', 'b']], ['a', [1]]],
    [{ name: 'tea', type: 'number', min: 1, max: 3 }, [1, 2.5], [0, 4, '2']],
    [{ name: 'tea', type: 'checkbox' }, [true, false], ['true', 1]],
    [
      { name: 'tea', type: 'select', options: ['green', { value: 'black', label: 'Black' }] },
      ['green', 'black'],
      ['Black'],
    ],
    [{ name: 'tea', type: 'select', hasMany: true, options: ['green'] }, [['green']], ['green']],
    [{ name: 'tea', type: 'radio', options: ['green'] }, ['green'], ['black']],
    [{ name: 'tea', type: 'date' }, ['2031-01-01', '2031-01-01T10:00:00+01:00'], ['tomorrow', '2031-01-01T10:00:00']],
    [{ name: 'tea', type: 'email' }, ['ada@parley.example'], ['ada']],
    [{ name: 'tea', type: 'json' }, [{ a: [1] }, 'text'], []],
    [
      { name: 'tea', type: 'relationship', relationTo: 'media' },
      ['01a1fd0a-0000-7000-8000-000000000000'],
      ['1', { id: '01a1fd0a-0000-7000-8000-000000000000' }],
    ],
  ]

  it.each(fields)('%o', (field, fits, not) => {
    adding(bookingField(field))
    expect(fits.map(takes)).toEqual(fits.map(() => true))
    expect(not.map(takes)).toEqual(not.map(() => false))
    expect(takes(undefined)).toBe(true)
    expect(z.toJSONSchema(withAddedInputs(known), { io: 'input', unrepresentable: 'any' })).toMatchObject({
      properties: { tea: {} },
      required: ['start'],
    })
  })

  it('demands what is required there', () => {
    adding(bookingField({ name: 'tea', type: 'text' }, { input: 'required' }))
    expect(takes('green')).toBe(true)
    expect(takes(undefined)).toBe(false)
    expect(pickAddedInputs({ start: 'now', tea: 'green' })).toEqual({ tea: 'green' })
  })

  it('takes and answers nothing that is not marked so', () => {
    adding(
      bookingField({ name: 'tea', type: 'text' }, { input: false }),
      bookingField({ name: 'cake', type: 'text' }, { output: false }),
    )
    expect(takes('green')).toBe(false)
    expect(Object.keys(withAddedAnswers('scheduled-sessions', known).shape)).toEqual(['start', 'tea'])
    expect(Object.keys(withAddedAnswers('service-types', known).shape)).toEqual(['start'])
    expect(pickAddedInputs({ tea: 'green', cake: 'plum' })).toEqual({ cake: 'plum' })
  })
})
