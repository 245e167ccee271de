import { convertLexicalToPlaintext } from '@payloadcms/richtext-lexical/plaintext'
import type { SerializedEditorState } from '@payloadcms/richtext-lexical/lexical'

const isEditorState = (value: unknown): value is SerializedEditorState =>
  typeof value === 'object' &&
  value !== null &&
  'root' in value &&
  typeof value.root === 'object' &&
  value.root !== null &&
  'children' in value.root &&
  Array.isArray(value.root.children)

/** The text of a rich text field without its formatting; null when there is none. */
export const richTextToPlainText = (value: unknown): string | null =>
  isEditorState(value) ? convertLexicalToPlaintext({ data: value }).trim() || null : null
