import type { PayloadRequest } from 'payload'
import { readSearchTerms } from './read-search-terms'
import { findRecords, type FoundRecord, type SearchedCollection, searchedCollections } from './search-queries'

export type FoundGroup = { collection: SearchedCollection; records: FoundRecord[] }

/**
 * Customers, experts and all that has a number, by what somebody has typed or read out on the telephone; the best of each kind. Whoever asks is
 * staff: it looks everywhere.
 */
export const searchEverything = async (req: PayloadRequest, question: string): Promise<FoundGroup[]> => {
  const found = await findRecords(req, readSearchTerms(question))
  return searchedCollections.flatMap((collection) => {
    const records = found.filter((record) => record.collection === collection)
    return records.length ? [{ collection, records }] : []
  })
}
