import { useAnswer } from '../../api/hooks.ts';
import { BoneRows, Empty, Failed } from '../../ui/States.tsx';
import { SectionHead } from './SectionHead.tsx';
import styles from './settings.module.css';

export function TeamsSection() {
  const teams = useAnswer('settings.teams', {});
  const members = useAnswer('settings.members', {});
  const nameOf = (id: string | null) =>
    members.data?.items.find((member) => member.id === id)?.name ?? 'Nobody';
  return (
    <>
      <SectionHead
        title="Teams"
        note="A manager sees the records of the team. Who is in which team is set under Members."
      />
      {teams.isPending && <BoneRows rows={3} height={40} />}
      {teams.isError && <Failed what="The teams" error={teams.error} onRetry={() => void teams.refetch()} />}
      {teams.data?.items.length === 0 && (
        <Empty title="No team yet">Everybody works in one group until there is one.</Empty>
      )}
      {teams.data && teams.data.items.length > 0 && (
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">Team</th>
              <th scope="col">Manager</th>
              <th scope="col" className={styles.end}>
                Members
              </th>
            </tr>
          </thead>
          <tbody>
            {teams.data.items.map((team) => (
              <tr key={team.id}>
                <td className="strong">{team.name}</td>
                <td>{nameOf(team.managerId)}</td>
                <td className={styles.end}>{team.members}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}
