import type { KeyboardEvent } from 'react'

/** For inputs of a dialog: the edit form around them would take Enter and characters for its own. Escape goes on, and closes the dialog. */
export const keepKeys = (event: KeyboardEvent): void => {
  if (event.key !== 'Escape') event.stopPropagation()
}
