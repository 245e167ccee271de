import type { BeforeListTableServerProps } from 'payload'
import { isStaff } from '#access/roles'
import { ExportButton } from './lists/export-button'

/** Above a list of staff: what it shows, as a file. */
export const ExportBar = ({ collectionSlug, user }: BeforeListTableServerProps) =>
  isStaff({ user: user ?? null }) ? <ExportButton collectionSlug={collectionSlug} /> : null
