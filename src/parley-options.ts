/** What an installation adds to the product or changes in it. `docs/extending.md` tells each with an example. */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- until the first option
export type ParleyOptions = {}
