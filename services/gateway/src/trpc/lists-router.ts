import type { Operations } from '../operations.ts';
import { changing, reading, router } from './procedure.ts';

/** Lists of accounts that refill by themselves. */
export const listsRouter = (lists: Operations['lists']) =>
  router({
    list: reading(lists.list),
    get: reading(lists.get),
    members: reading(lists.members),
    changes: reading(lists.changes),
    files: reading(lists.files),
    createFile: changing(lists.createFile),
    checkTargets: reading(lists.checkTargets),
    addTargets: changing(lists.addTargets),
    removeFile: changing(lists.removeFile),
    preview: reading(lists.preview),
    save: changing(lists.save),
    control: changing(lists.control),
  });
