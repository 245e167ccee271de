import path from 'node:path'
import type { CollectionConfig } from 'payload'
import { derived } from '#access/field-access'
import { createMedia, ownMedia, publicOrOwnMedia } from '#access/record-access'
import { relationField } from '#database/fields/relation-fields'
import { textField } from '#database/fields/text-fields'
import { settings } from '#settings'
import { keepFileFacts } from '#hooks/media/keep-file-facts'
import { recordUploader } from '#hooks/media/record-uploader'

/** Pictures. No SVG: it can hold scripts, and is served from the address of the admin. */
export const Media: CollectionConfig = {
  slug: 'media',
  labels: { singular: 'Picture', plural: 'Media' },
  admin: {
    group: 'Catalogue',
    useAsTitle: 'filename',
    defaultColumns: ['filename', 'alt', 'isPublic', 'createdAt'],
    listSearchableFields: ['filename', 'alt'],
    description: 'Pictures of consultants and customers.',
  },
  access: { create: createMedia, read: publicOrOwnMedia, update: ownMedia, delete: ownMedia },
  hooks: { beforeOperation: [keepFileFacts], beforeChange: [recordUploader] },
  upload: {
    staticDir: path.resolve(process.cwd(), settings.mediaDir),
    mimeTypes: ['image/jpeg', 'image/png', 'image/webp', 'image/avif'],
    imageSizes: [
      { name: 'thumbnail', width: 160, height: 160, position: 'centre' },
      { name: 'card', width: 640 },
    ],
    adminThumbnail: 'thumbnail',
    focalPoint: true,
  },
  fields: [
    textField('alt', {
      required: true,
      label: 'Description',
      description: 'What can be seen, for those who cannot see it.',
    }),
    {
      name: 'isPublic',
      type: 'checkbox',
      defaultValue: true,
      admin: { description: 'Switched off, only staff and whoever uploaded it can see it.' },
    },
    relationField('uploadedBy', 'users', { access: derived, clearedWithTarget: true, readOnly: true, maxDepth: 0 }),
  ],
}
