import pg from 'pg'

/** `half-filled`: a start was killed while it filled the demo in. */
export type DemoState = 'empty' | 'half-filled' | 'in use'

const run = async <T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

export const readDemoState = (url: string): Promise<DemoState> =>
  run(url, async (client) => {
    const { rows } = await client.query<{ filling: boolean; empty: boolean }>(`
      SELECT EXISTS (SELECT FROM parley.facts WHERE key = 'demo_filling') AS filling,
             NOT EXISTS (SELECT FROM users) AS empty`)
    if (rows[0]?.empty) return 'empty'
    return rows[0]?.filling ? 'half-filled' : 'in use'
  })

/** Runs `fill` and leaves a mark for as long as it has not ended well. */
export const whileFilling = async (url: string, fill: () => Promise<void>): Promise<void> => {
  await run(url, (client) =>
    client.query(`INSERT INTO parley.facts (key, value) VALUES ('demo_filling', 'true') ON CONFLICT DO NOTHING`),
  )
  await fill()
  await run(url, (client) => client.query(`DELETE FROM parley.facts WHERE key = 'demo_filling'`))
}
