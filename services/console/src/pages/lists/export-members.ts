import { ask } from '../../api/client.ts';
import { toFailure } from '../../api/failure.ts';
import type { QueryOutput } from '../../api/procedures.ts';
import type { AccountList, ListMember } from '../../api/records.ts';
import { csv, download } from '../../format/csv.ts';
import { plural } from '../../format/words.ts';
import { say } from '../../ui/notify.tsx';

const HEADER = [
  'Account',
  'Domain',
  'Country',
  'Employees',
  'Fit',
  'Why it fits',
  'Owner',
  'Entered',
  'Why it is here',
];

/** A file of exactly what the list shows; all rows, not only those scrolled to. */
export async function exportMembers(
  list: AccountList,
  shown: { lately: boolean; search: string },
): Promise<void> {
  try {
    const members: ListMember[] = [];
    let cursor: string | null = null;
    do {
      const page: QueryOutput<'lists.members'> = await ask('lists.members', {
        id: list.id,
        lately: shown.lately,
        search: shown.search || undefined,
        limit: 1_000,
        cursor,
      });
      members.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor !== null);
    const lines = members.map(
      ({ name, domain, country, employeeCount, fit, fitBecause, ownerName, enteredAt, because }) => [
        name,
        domain,
        country,
        employeeCount,
        fit === null ? null : Math.round(fit),
        fitBecause,
        ownerName,
        enteredAt,
        because,
      ],
    );
    download(`list-${list.id}.csv`, csv(HEADER, lines));
    say.done(`Exported ${plural(members.length, 'account')}`);
  } catch (error) {
    say.failure(toFailure(error));
  }
}
