import {
  createFromMail,
  ignoreUnmatched,
  listUnmatched,
  matchMail,
  readCandidates,
  undoUnmatched,
} from '@penstock/engagement/operations/unmatched-mails';
import { recordActivity } from '@penstock/engagement/operations/record-activity';
import { recordMail } from '@penstock/engagement/operations/record-mail';
import { settleTask, withdrawActivity } from '@penstock/engagement/operations/settle-activity';

/** What was done with people, and mails with whom nobody knows. */
export const activityOperations = {
  recordMail,
  record: recordActivity,
  settle: settleTask,
  withdraw: withdrawActivity,
  unmatched: listUnmatched,
  unmatchedCandidates: readCandidates,
  matchMail,
  createFromMail,
  ignoreMail: ignoreUnmatched,
  undoMail: undoUnmatched,
};
