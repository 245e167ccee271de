/** How something ended that somebody did about their login, in words. */
export type AccountOutcome = {
  notice?: string | undefined
  fault?: string | undefined
  /** It was refused because their login is not fresh. */
  isOldLogin?: boolean | undefined
}
