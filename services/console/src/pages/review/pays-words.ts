type Counted = { outreach: number; replies: number; meetings: number };

/** Below this a rate says little. */
export const FEW = 20;

/** Whether signals pay, in one sentence: reply and meeting rates with and without a signal before, each call and mail counted once. */
export function paysInWords(signalled: Counted, cold: Counted): string {
  const short = [signalled, cold].some(({ outreach }) => outreach < FEW);
  const told = `${said('With a signal before', signalled)}; ${said('without one', cold)}.`;
  if (short) return `${told} Too few of one of them to compare: ${FEW} of each are needed.`;
  const ratio = cold.replies === 0 ? null : rate(signalled.replies, signalled) / rate(cold.replies, cold);
  return ratio === null ? told : `${told} Replies come ${ratio.toFixed(1)} times as often.`;
}

const rate = (count: number, { outreach }: Counted): number => count / outreach;

function said(which: string, { outreach, replies, meetings }: Counted): string {
  if (outreach < FEW) return `${which} ${replies} replies and ${meetings} meetings of ${outreach}`;
  const percent = (count: number) => `${Math.round((100 * count) / outreach)} %`;
  return `${which} ${percent(replies)} reply and ${percent(meetings)} meet, of ${outreach}`;
}
