/** `npm run test:long`: whatever repeats something takes the time that it can use. */
const isLong = process.env.PARLEY_TEST_LENGTH === 'long'

/** How often a test repeats something: what `npm test` can afford on two cores, or what is worth an hour now and then. */
export const repetitions = ({ usual, long }: { usual: number; long: number }): number => (isLong ? long : usual)
