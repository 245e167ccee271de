/** No further try of a job will do it: it is over at once, and stands in “What is stuck” until somebody tries it again or gives it up. */
export class HopelessJob extends Error {
  override readonly name: string = 'HopelessJob'
}
