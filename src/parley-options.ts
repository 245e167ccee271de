import type { MessageOptions } from '#notifications/extend-messages'

/** What an installation adds to the product or changes in it. `docs/extending.md` tells each with an example. */
export type ParleyOptions = MessageOptions
