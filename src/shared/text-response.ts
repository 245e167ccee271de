/** Texts of responses that were made here. A response's own body can only be read as a stream, which costs more than to make it. */
const texts = new WeakMap<Response, string>()

/** A response of a text that the server may send without reading the body's stream. */
export const textResponse = (text: string, init: ResponseInit): Response => {
  const response = new Response(text, init)
  texts.set(response, text)
  return response
}

/** The whole text of a response made by {@link textResponse}; undefined for every other. */
export const knownTextOf = (response: Response): string | undefined => texts.get(response)
