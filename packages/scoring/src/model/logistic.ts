/** Logistic regression with an L2 penalty, by Newton's method on sparse rows. The intercept is not penalised. */

/** A row as pairs of column and value, columns ascending; those that are not named are 0. */
export type SparseRow = readonly (readonly [column: number, value: number])[];

export type Logistic = { intercept: number; weights: readonly number[] };

const MOST_STEPS = 50;
const STILL = 1e-8;

export const sigmoid = (logit: number): number => 1 / (1 + Math.exp(-logit));

/** Log-odds that a row is positive. */
export function logitOf(model: Logistic, row: SparseRow): number {
  let sum = model.intercept;
  for (const [column, value] of row) sum += (model.weights[column] ?? 0) * value;
  return sum;
}

/**
 * Maximises `Σ log-likelihood − penalty/2 · Σ weight²`. With a penalty above 0 there is one answer, also for data that can be
 * separated without error.
 * @param width number of columns
 */
export function fitLogistic(
  rows: readonly SparseRow[],
  positive: readonly boolean[],
  width: number,
  penalty: number,
): Logistic {
  // The last place is the intercept's.
  const theta = new Float64Array(width + 1);
  const table = packed(rows, width);
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const { gradient, hessian } = derivatives(table, positive, theta, penalty);
    const move = solveSymmetric(hessian, gradient);
    let largest = 0;
    for (let at = 0; at <= width; at += 1) {
      const by = Math.max(-4, Math.min(4, move[at] ?? 0));
      theta[at] = (theta[at] ?? 0) + by;
      largest = Math.max(largest, Math.abs(by));
    }
    if (largest < STILL) break;
  }
  return { intercept: theta[width] ?? 0, weights: [...theta.subarray(0, width)] };
}

/** Rows one after the other, each with the intercept's column at its end: `from[row]` … `from[row + 1]`. */
type Table = { from: Int32Array; columns: Int32Array; values: Float64Array };

function packed(rows: readonly SparseRow[], width: number): Table {
  const cells = rows.reduce((sum, row) => sum + row.length + 1, 0);
  const table = {
    from: new Int32Array(rows.length + 1),
    columns: new Int32Array(cells),
    values: new Float64Array(cells),
  };
  let at = 0;
  const put = (column: number, value: number): void => {
    table.columns[at] = column;
    table.values[at] = value;
    at += 1;
  };
  rows.forEach((row, index) => {
    for (const [column, value] of row) put(column, value);
    put(width, 1);
    table.from[index + 1] = at;
  });
  return table;
}

/** Only the half of the Hessian that the solution reads is filled. A row's columns ascend. */
function derivatives(
  { from, columns, values }: Table,
  positive: readonly boolean[],
  theta: Float64Array,
  penalty: number,
): { gradient: Float64Array; hessian: Float64Array[] } {
  const width = theta.length - 1;
  const gradient = new Float64Array(width + 1);
  const hessian = Array.from({ length: width + 1 }, () => new Float64Array(width + 1));
  for (let row = 0; row < positive.length; row += 1) {
    const first = from[row] ?? 0;
    const end = from[row + 1] ?? 0;
    let logit = 0;
    for (let at = first; at < end; at += 1) logit += (theta[columns[at] ?? 0] ?? 0) * (values[at] ?? 0);
    const p = sigmoid(logit);
    const error = (positive[row] ? 1 : 0) - p;
    const weight = Math.max(p * (1 - p), 1e-9);
    for (let at = first; at < end; at += 1) {
      const column = columns[at] ?? 0;
      const value = values[at] ?? 0;
      gradient[column] = (gradient[column] ?? 0) + error * value;
      const line = hessian[column];
      if (!line) continue;
      for (let other = first; other <= at; other += 1) {
        const left = columns[other] ?? 0;
        line[left] = (line[left] ?? 0) + weight * value * (values[other] ?? 0);
      }
    }
  }
  for (let at = 0; at < width; at += 1) {
    gradient[at] = (gradient[at] ?? 0) - penalty * (theta[at] ?? 0);
    const line = hessian[at];
    if (line) line[at] = (line[at] ?? 0) + penalty;
  }
  return { gradient, hessian };
}

/** Solves `A·x = b` for a symmetric, positive definite A (Cholesky); A is overwritten. */
function solveSymmetric(a: Float64Array[], b: Float64Array): Float64Array {
  const n = b.length;
  const cell = (row: number, column: number): number => a[row]?.[column] ?? 0;
  for (let column = 0; column < n; column += 1) {
    for (let row = column; row < n; row += 1) {
      let sum = cell(row, column);
      for (let k = 0; k < column; k += 1) sum -= cell(row, k) * cell(column, k);
      const line = a[row];
      if (!line) continue;
      line[column] = row === column ? Math.sqrt(Math.max(sum, 1e-12)) : sum / cell(column, column);
    }
  }
  const x = Float64Array.from(b);
  for (let row = 0; row < n; row += 1) {
    let sum = x[row] ?? 0;
    for (let k = 0; k < row; k += 1) sum -= cell(row, k) * (x[k] ?? 0);
    x[row] = sum / cell(row, row);
  }
  for (let row = n - 1; row >= 0; row -= 1) {
    let sum = x[row] ?? 0;
    for (let k = row + 1; k < n; k += 1) sum -= cell(k, row) * (x[k] ?? 0);
    x[row] = sum / cell(row, row);
  }
  return x;
}
