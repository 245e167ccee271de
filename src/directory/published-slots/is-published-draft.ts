/**
 * Whether a draft of a profile becomes what holds. The record before it is the draft then, not what held until now: nothing tells what the difference is.
 */
export const isPublishedDraft = (
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): boolean => before._status === 'draft' && after._status === 'published'
