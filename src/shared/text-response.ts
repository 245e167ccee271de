/**
 * A response of a text that the server sends as it is. A body of its own, encoded and as a stream, costs more than to make the text, and is only
 * made for whoever reads it as any other response.
 */
class TextResponse extends Response {
  readonly #text: string
  #whole: Response | undefined

  constructor(text: string, init: ResponseInit) {
    super(null, init)
    this.#text = text
  }

  get knownText(): string {
    return this.#text
  }

  #asAnyOther(): Response {
    const { status, statusText, headers } = this
    return (this.#whole ??= new Response(this.#text, { status, statusText, headers }))
  }

  override get body() {
    return this.#asAnyOther().body
  }

  override get bodyUsed() {
    return this.#whole?.bodyUsed ?? false
  }

  override text() {
    return this.#asAnyOther().text()
  }

  override json() {
    return this.#asAnyOther().json()
  }

  override arrayBuffer() {
    return this.#asAnyOther().arrayBuffer()
  }

  override bytes() {
    return this.#asAnyOther().bytes()
  }

  override blob() {
    return this.#asAnyOther().blob()
  }

  override formData() {
    return this.#asAnyOther().formData()
  }

  override clone() {
    return this.#asAnyOther().clone()
  }
}

/** A response of a text that the server may send without reading the body's stream. */
export const textResponse = (text: string, init: ResponseInit): Response => new TextResponse(text, init)

/** The whole text of a response made by {@link textResponse}; undefined for every other. */
export const knownTextOf = (response: Response): string | undefined =>
  response instanceof TextResponse ? response.knownText : undefined
