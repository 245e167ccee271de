/** A card that Stripe keeps for a customer. */
export type StoredCard = {
  /** Stripe's id of the payment method. */
  id: string
  brand: string
  last4: string
  expMonth: number
  expYear: number
  /** The same for the same number, whoever enters it and whenever; null when Stripe does not say. */
  fingerprint: string | null
  /** Epoch ms. */
  createdAt: number
}

export type SavedCards = {
  /** Each card once, the newest first. */
  cards: (StoredCard & { isDefault: boolean })[]
  /** Earlier copies of cards that were entered again: they are taken away at Stripe. */
  superseded: string[]
}

const newestFirst = (a: StoredCard, b: StoredCard): number => b.createdAt - a.createdAt || (a.id < b.id ? 1 : -1)

/**
 * Cards as a person counts them: who enters a number again has one card, with what was entered last (the date of expiry of a
 * renewed card), and it stays the default if it was.
 * @param defaultId Stripe's id of the default; null when there is none.
 */
export const decideSavedCards = (stored: readonly StoredCard[], defaultId: string | null): SavedCards => {
  const copies = Map.groupBy([...stored].sort(newestFirst), ({ id, fingerprint }) => fingerprint ?? id)
  const cards: SavedCards['cards'] = []
  const superseded: string[] = []
  for (const [newest, ...older] of copies.values()) {
    if (!newest) continue
    const isDefault = newest.id === defaultId || older.some(({ id }) => id === defaultId)
    cards.push({ ...newest, isDefault })
    superseded.push(...older.map(({ id }) => id))
  }
  return { cards, superseded }
}
