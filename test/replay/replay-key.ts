/** Histories are encrypted like every other; this key protects nothing but invented ids. */
export const REPLAY_KEY = Buffer.alloc(32, 'penstock histories').toString('base64');
