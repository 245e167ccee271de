import type { RecipientPreferences } from '../../channel'
import type { MessageCategory } from '../../message-kinds'

/** Mails about what was agreed, paid or asked for always are. */
export const isMailWanted = ({ emailNotifications }: RecipientPreferences, category: MessageCategory): boolean =>
  category === 'transactional' || emailNotifications !== false
