import { describe, expect, it } from 'vitest'
import { decideSavedCards, type StoredCard } from '#payments/cards/decide-saved-cards'

const card = (id: string, createdAt: number, data: Partial<StoredCard> = {}): StoredCard => ({
  id,
  brand: 'visa',
  last4: '4242',
  expMonth: 1,
  expYear: 2030,
  fingerprint: id,
  createdAt,
  ...data,
})

const shown = (cards: StoredCard[], defaultId: string | null = null) => {
  const decided = decideSavedCards(cards, defaultId)
  return { cards: decided.cards.map(({ id, isDefault }) => [id, isDefault]), superseded: decided.superseded }
}

describe('saved cards', () => {
  it('are shown the newest first', () => {
    expect(shown([card('a', 1), card('b', 3), card('c', 2)], 'c')).toEqual({
      cards: [
        ['b', false],
        ['c', true],
        ['a', false],
      ],
      superseded: [],
    })
  })

  it('are one however often the number was entered: what was entered last counts', () => {
    const stored = [card('old', 1, { fingerprint: 'f' }), card('new', 2, { fingerprint: 'f', expYear: 2034 })]
    expect(shown(stored)).toEqual({ cards: [['new', false]], superseded: ['old'] })
    expect(decideSavedCards(stored, null).cards[0]).toMatchObject({ expYear: 2034 })
  })

  it('stay the default when they are entered again', () => {
    expect(shown([card('old', 1, { fingerprint: 'f' }), card('new', 2, { fingerprint: 'f' })], 'old').cards).toEqual([
      ['new', true],
    ])
  })

  it('without a fingerprint are taken for different ones', () => {
    const stored = [card('a', 1, { fingerprint: null }), card('b', 1, { fingerprint: null })]
    expect(shown(stored)).toEqual({
      cards: [
        ['b', false],
        ['a', false],
      ],
      superseded: [],
    })
  })

  it('have no default when Stripe names another one', () => {
    expect(shown([card('a', 1)], 'pm_of_a_bank').cards).toEqual([['a', false]])
  })
})
