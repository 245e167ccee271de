import type { Answer, Schema } from '../../../_api/api-types'

export type WorkItemView = Schema<'StuckWork'>
export type WorkListView = Answer<'listStuckWork'>

/** What the page was asked for in its address. */
export type WorkQuery = {
  kind?: string
  provider?: string
  search?: string
  shown?: 'given_up'
  cursor?: string
}

export type MendingChoice = 'tryAgain' | 'giveUp'

/** The page for another question; what is left out is not asked. */
export const workUrl = (path: string, query: WorkQuery): string => {
  const parameters = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) if (value) parameters.set(name, value)
  const text = parameters.toString()
  return text ? `${path}?${text}` : path
}
