import type { ParleyOptions } from '#parley-options'

/** Yours: what this installation adds to Parley or changes in it, without editing a file of the product. See docs/extending.md. */
export const extensions: ParleyOptions = {}
