/** One queue on one machine: a worker process with all slices takes from it. */
export const TASK_QUEUE = 'penstock';
