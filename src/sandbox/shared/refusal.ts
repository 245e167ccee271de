/** What a provider would not carry out, in words and shape of its own. The frame turns it into an answer. */
export abstract class SandboxRefusal extends Error {
  abstract readonly status: number
  /** As the provider writes it. */
  abstract toResponse(): Response
}
