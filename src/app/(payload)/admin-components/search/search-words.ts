const en = {
  title: 'Search',
  open: 'Search',
  label: 'Name, address, telephone number, reference or id',
  hint: 'Three characters of a name or an address are enough; numbers and ids as a whole.',
  searching: 'Searching …',
  none: (question: string) => `Nothing was found for “${question}”.`,
  count: (count: number) => (count === 1 ? 'One was found.' : `${count} were found.`),
  close: 'Close',
}

export type SearchWords = typeof en

const de: SearchWords = {
  title: 'Suche',
  open: 'Suchen',
  label: 'Name, Adresse, Telefonnummer, Nummer oder Kennung',
  hint: 'Drei Zeichen eines Namens oder einer Adresse genügen; Nummern und Kennungen ganz.',
  searching: 'Es wird gesucht …',
  none: (question) => `Zu „${question}“ wurde nichts gefunden.`,
  count: (count) => (count === 1 ? 'Eines wurde gefunden.' : `${count} wurden gefunden.`),
  close: 'Schließen',
}

/** The words of the search in the language of whoever is logged in. */
export const searchWords = (language: string): SearchWords => (language === 'de' ? de : en)
