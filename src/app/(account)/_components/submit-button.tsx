'use client'

import { useWords } from '../_lib/use-words'

/** It keeps its place and its focus while something is under way. */
export const SubmitButton = ({ isRunning, text }: { isRunning: boolean; text: string }) => {
  const { fields } = useWords()
  return (
    <div className="form__end">
      <button type="submit" className="button button--large" aria-disabled={isRunning || undefined}>
        {isRunning ? fields.sending : text}
      </button>
    </div>
  )
}
