export type StepEvent =
  | { kind: 'started'; step: string }
  | { kind: 'note'; step: string; text: string }
  | { kind: 'done'; step: string; durationMs: number }
  | { kind: 'failed'; step: string; durationMs: number };

export type OnStep = (event: StepEvent) => void;

export type Step = <T>(step: string, work: (note: (text: string) => void) => Promise<T>) => Promise<T>;

/** Wraps pieces of work so that `onStep` hears when each begins, what it has to say, and how long it took. */
export function stepper(onStep: OnStep = () => {}): Step {
  return async (step, work) => {
    const startedAt = performance.now();
    const elapsed = () => Math.round(performance.now() - startedAt);
    onStep({ kind: 'started', step });
    try {
      const result = await work((text) => onStep({ kind: 'note', step, text }));
      onStep({ kind: 'done', step, durationMs: elapsed() });
      return result;
    } catch (error) {
      onStep({ kind: 'failed', step, durationMs: elapsed() });
      throw error;
    }
  };
}
