import { DefaultFailureConverter } from '@temporalio/common';

/** Messages and stack traces of failures go through the codec too: they are encrypted like every payload. */
export const failureConverter = new DefaultFailureConverter({ encodeCommonAttributes: true });
