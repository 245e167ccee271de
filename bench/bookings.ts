const dayMs = 86_400_000

/** Every booking takes a time that none has taken, from so many days ahead on, by a guest whom nobody knows. */
export const bookingsOf = (bookable: readonly string[], serviceType: string, daysAhead: number): (() => object) => {
  const first = Math.ceil(Date.now() / dayMs + daysAhead) * dayMs
  let turn = 0
  return () => {
    const n = turn++
    const consultant = bookable[n % bookable.length]
    const start = first + Math.floor(n / bookable.length) * 1_800_000
    return {
      consultant,
      serviceType,
      start: new Date(start).toISOString(),
      customer: {
        name: 'Ada Guest',
        email: `guest-${process.pid}-${daysAhead}-${n}@parley.example`,
        timeZone: 'Europe/Berlin',
      },
    }
  }
}
