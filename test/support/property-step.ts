import fc from 'fast-check'

/** One thing that happens in a random history; what it says of itself stands in the report of a failure. */
export class PropertyStep<Sequence> {
  readonly #name: string
  readonly run: (sequence: Sequence) => Promise<void> | void

  constructor(name: string, run: (sequence: Sequence) => Promise<void> | void) {
    this.#name = name
    this.run = run
  }

  [fc.toStringMethod](): string {
    return this.#name
  }
}
