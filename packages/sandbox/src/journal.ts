import { appendFileSync, existsSync, mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

import type { z } from 'zod';

/** A list that survives `kill -9`: every entry is one line of JSON, written before `append` returns. */
export type Journal<Entry> = {
  entries(): readonly Entry[];
  append(entry: Entry): void;
  clear(): void;
};

/** Opens a journal; a last line that a crash cut off is dropped. Without a file it lives in memory. */
export function openJournal<Shape extends z.ZodType>(
  file: string | null,
  schema: Shape,
): Journal<z.infer<Shape>> {
  const entries: z.infer<Shape>[] = [];
  if (file !== null) {
    mkdirSync(dirname(file), { recursive: true });
    const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
    const whole = text.slice(0, text.lastIndexOf('\n') + 1);
    if (whole.length < text.length) truncateSync(file, Buffer.byteLength(whole));
    for (const line of whole.split('\n').filter(Boolean)) entries.push(schema.parse(JSON.parse(line)));
  }
  return {
    entries: () => entries,
    append(entry) {
      entries.push(entry);
      if (file !== null) appendFileSync(file, `${JSON.stringify(entry)}\n`);
    },
    clear() {
      entries.length = 0;
      if (file !== null) writeFileSync(file, '');
    },
  };
}
