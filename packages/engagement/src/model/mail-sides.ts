export type MailSides = { memberId: string; direction: 'in' | 'out'; others: string[] };

/**
 * Whose mail it was, and with whom: sent by a member, or got by one. Only the mails of `only`, if it is given. Addresses in lower case.
 * @returns null if no member took part, or nobody else
 */
export function sidesOfMail(
  mail: { from: string; to: readonly string[] },
  members: readonly { id: string; address: string }[],
  only: string | null,
): MailSides | null {
  const ours = new Set(members.map(({ address }) => address));
  const mine = members.filter(({ id }) => only === null || id === only);
  const sender = mine.find(({ address }) => address === mail.from);
  if (sender) {
    const others = [...new Set(mail.to)].filter((address) => !ours.has(address));
    return others.length === 0 ? null : { memberId: sender.id, direction: 'out', others };
  }
  const receiver = mail.to.map((to) => mine.find(({ address }) => address === to)).find(Boolean);
  if (!receiver || ours.has(mail.from)) return null;
  return { memberId: receiver.id, direction: 'in', others: [mail.from] };
}
