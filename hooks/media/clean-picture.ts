import type { CollectionBeforeOperationHook } from 'payload'
import { drawPicture } from '#media/draw-picture'
import { limitDrawing } from '#media/limit-drawing'

/**
 * Draws a picture that comes in anew, before anything is read from it. Its name ends as what it is. For strangers nothing is drawn: they are refused
 * in a moment.
 */
export const cleanPicture: CollectionBeforeOperationHook = async ({ args, operation, req }) => {
  const { file } = req
  if ((operation !== 'create' && operation !== 'update') || !file) return args
  if (req.payloadAPI !== 'local' && !req.user) return args
  const { content, mimeType, extension } = await limitDrawing(() => drawPicture(file.data))
  const name = `${file.name.replace(/\.[^.]*$/, '') || 'picture'}.${extension}`
  req.file = { ...file, name, data: content, mimetype: mimeType, size: content.length }
  return args
}
