/** What was answered by a client whose refusals are thrown. @throws Error when there was no body. */
export const dataOf = async <Data>(call: Promise<{ data?: Data }>): Promise<Data> => {
  const { data } = await call
  if (data === undefined) throw new Error('The answer has no body.')
  return data
}
