'use client'

import { useWords } from '../_lib/use-words'
import { DeadLink } from './dead-link'

/** Where links lead that were mailed before a release which closed their kind. */
export const OlderLink = () => {
  const { older } = useWords().links
  return <DeadLink title={older.title} reason={older.text} />
}
