import styles from './calibration.module.css';

type Bin = { from: number; to: number; count: number; predicted: number; observed: number };

const SIZE = 180;
const EDGE = 34;
const percent = (share: number): string => `${Math.round(share * 100)} %`;

/** What was foretold against what came: on the line a chance means what it says. The same as a table behind it. */
export function CalibrationPlot({ bins, label }: { bins: readonly Bin[]; label: string }) {
  const most = Math.max(1, ...bins.map(({ count }) => count));
  const x = (share: number) => EDGE + share * SIZE;
  const y = (share: number) => 8 + (1 - share) * SIZE;
  return (
    <figure className={styles.figure}>
      <p className={styles.title}>{label}: what came, by what was foretold</p>
      <svg
        viewBox={`0 0 ${EDGE + SIZE + 22} ${SIZE + 44}`}
        className={styles.plot}
        role="img"
        aria-label={`${label}: ${bins.map((bin) => `foretold ${percent(bin.predicted)}, came ${percent(bin.observed)}`).join('; ')}`}
      >
        {[0, 0.5, 1].map((share) => (
          <g key={share}>
            <line className={styles.grid} x1={x(0)} x2={x(1)} y1={y(share)} y2={y(share)} />
            <text className={styles.tick} x={x(0) - 6} y={y(share) + 4} textAnchor="end">
              {percent(share)}
            </text>
            <text className={styles.tick} x={x(share)} y={y(0) + 16} textAnchor="middle">
              {percent(share)}
            </text>
          </g>
        ))}
        <line className={styles.ideal} x1={x(0)} y1={y(0)} x2={x(1)} y2={y(1)} />
        <text className={styles.tick} x={x(0.5)} y={y(0) + 30} textAnchor="middle">
          foretold
        </text>
        {bins.map((bin) => (
          <circle
            key={bin.from}
            className={styles.point}
            cx={x(bin.predicted)}
            cy={y(bin.observed)}
            r={3 + 5 * Math.sqrt(bin.count / most)}
          />
        ))}
      </svg>
      <figcaption>
        <details>
          <summary>{label} as a table</summary>
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">Foretold</th>
                <th scope="col">Came</th>
                <th scope="col">Cases</th>
              </tr>
            </thead>
            <tbody>
              {bins.map((bin) => (
                <tr key={bin.from}>
                  <td className="num">{percent(bin.predicted)}</td>
                  <td className="num">{percent(bin.observed)}</td>
                  <td className="num">{bin.count}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </details>
      </figcaption>
    </figure>
  );
}
