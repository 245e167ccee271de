import { declareProductMessages } from '#product-messages'

/** The kinds of messages of the whole product, as `parley()` declares them: tests of words do without Payload. */
declareProductMessages()
