import { preparedName } from './connections'
import { type Connected, driverConnection } from './transactions'

/**
 * A statement that PostgreSQL plans once a connection instead of each time, and that drizzle does not compose anew. For the few that
 * run with every request: planning the query of the free times costs more than running it (decision 0025).
 * `name` is unique in the whole program; the columns of the result are named one by one, never `*`, so that a migration beside a
 * running process does not break it. Runs in the transaction of `req` if it has one. Behind a pooler it is planned each time (decision 0039).
 */
export const preparedStatement =
  <Row>(name: string, text: string): ((req: Connected, values: unknown[]) => Promise<Row[]>) =>
  async (req, values) => {
    const connection = await driverConnection(req)
    const { rows } = await connection.query({ ...preparedName(name), text, values })
    return rows as Row[]
  }
