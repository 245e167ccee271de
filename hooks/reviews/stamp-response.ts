import type { CollectionBeforeChangeHook } from 'payload'

/** When the consultant answered, and when it was moderated. */
export const stampResponse: CollectionBeforeChangeHook = ({ data, operation, originalDoc }) => {
  const now = new Date().toISOString()
  const hasAnswered = Boolean(data.consultantResponse) && data.consultantResponse !== originalDoc?.consultantResponse
  const status: unknown = data.moderation?.status
  const isModerated = operation === 'update' && status !== undefined && status !== originalDoc?.moderation?.status
  return {
    ...data,
    ...(hasAnswered ? { respondedAt: now } : {}),
    ...(isModerated ? { moderation: { ...data.moderation, at: now } } : {}),
  }
}
