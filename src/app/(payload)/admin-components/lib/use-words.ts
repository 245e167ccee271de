'use client'

import { useTranslation } from '@payloadcms/ui'
import { type AdminWords, adminWords } from '../words/admin-words'

/** The words of our components in the language of whoever looks. */
export const useWords = (): AdminWords => adminWords(useTranslation().i18n.language)
