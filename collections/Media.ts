import type { CollectionConfig } from 'payload'
import { derived, uploaderField } from '#access/field-access'
import { createMedia, ownMedia, publicOrOwnMedia } from '#access/record-access'
import { relationField } from '#database/fields/relation-fields'
import { textField } from '#database/fields/text-fields'
import { serveMedia } from '#media/serve-media'
import { boundUploads } from '#hooks/media/bound-uploads'
import { cleanPicture } from '#hooks/media/clean-picture'
import { giveOwnName } from '#hooks/media/give-own-name'
import { keepFileFacts } from '#hooks/media/keep-file-facts'
import { keepOthersFile } from '#hooks/media/keep-others-file'
import { loadFileToCut } from '#hooks/media/load-file-to-cut'
import { recordUploader } from '#hooks/media/record-uploader'
import { removeFiles } from '#hooks/media/remove-files'
import { removeReplacedFiles } from '#hooks/media/remove-replaced-files'
import { requireFile } from '#hooks/media/require-file'
import { storeFiles } from '#hooks/media/store-files'
import { waitOutsideTransaction } from '#hooks/media/wait-outside-transaction'

/**
 * Pictures. No SVG: it can hold scripts, and is served from the address of the admin. What is stored was drawn anew from what was sent: it holds
 * neither the place and camera of whoever took it nor a file of another kind behind the picture.
 */
export const Media: CollectionConfig = {
  slug: 'media',
  labels: { singular: { en: 'Picture', de: 'Bild' }, plural: { en: 'Media', de: 'Bilder' } },
  admin: {
    group: { en: 'Catalogue', de: 'Katalog' },
    useAsTitle: 'filename',
    defaultColumns: ['filename', 'alt', 'isPublic', 'createdAt'],
    listSearchableFields: ['filename', 'alt'],
    description: { en: 'Pictures of consultants and customers.', de: 'Bilder von Fachpersonen, Kundinnen und Kunden.' },
  },
  access: { create: createMedia, read: publicOrOwnMedia, update: ownMedia, delete: ownMedia },
  // A copy of a picture under another name is of no use to anybody.
  disableDuplicate: true,
  hooks: {
    beforeOperation: [keepFileFacts, requireFile, waitOutsideTransaction, boundUploads, cleanPicture, loadFileToCut],
    // What an extension adds comes after these, and so within the transaction that writes.
    beforeChange: [recordUploader, giveOwnName, storeFiles, keepOthersFile],
    afterChange: [removeReplacedFiles],
    afterDelete: [removeFiles],
  },
  upload: {
    // Payload writes and removes files before the transaction ends, and so leaves files without records and records without files.
    disableLocalStorage: true,
    // Nothing lies there. Payload looks for files of records that are removed, which is the worker's.
    staticDir: '/nonexistent',
    handlers: [serveMedia],
    // Files come through this server alone.
    requiresClientUploadReceipt: true,
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
      label: { en: 'Description', de: 'Beschreibung' },
      description: {
        en: 'What can be seen, for those who cannot see it.',
        de: 'Was zu sehen ist, für alle, die es nicht sehen können.',
      },
    }),
    {
      name: 'isPublic',
      type: 'checkbox',
      defaultValue: true,
      admin: {
        description: {
          en: 'Switched off, only staff and whoever uploaded it can see it.',
          de: 'Ausgeschaltet sehen es nur Mitarbeitende und wer es hochgeladen hat.',
        },
      },
    },
    relationField('uploadedBy', 'users', {
      // Whose picture it is would name the login of somebody who is not shown yet.
      access: { read: uploaderField, ...derived },
      clearedWithTarget: true,
      readOnly: true,
      maxDepth: 0,
    }),
  ],
}
