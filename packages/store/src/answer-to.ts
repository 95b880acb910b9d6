import type pg from 'pg';

/**
 * The answer to what is sent over a connection. By callback: rows that the driver's own promise gave stay in memory until the next full
 * collection of garbage, for all that nobody holds them any more (decision 2).
 * @throws the error of the driver, with a stack that leads to who asked
 */
export async function answerTo(
  client: pg.ClientBase,
  query: pg.QueryConfig | string,
): Promise<pg.QueryResult> {
  try {
    return await new Promise((resolve, reject) => {
      const answered = (error: Error | null, result: pg.QueryResult): void =>
        error ? reject(error) : resolve(result);
      if (typeof query === 'string') client.query(query, answered);
      else client.query(query, answered);
    });
  } catch (error) {
    if (error instanceof Error) Error.captureStackTrace(error, answerTo);
    throw error;
  }
}
