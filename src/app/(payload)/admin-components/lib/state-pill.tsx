import { toneOf } from './state-tone'

/** A state as a word with a colour; the word alone says it all. */
export const StatePill = ({ state, label }: { state: string; label: string }) => (
  <span className={`parley-state parley-state--${toneOf(state)}`}>{label}</span>
)
