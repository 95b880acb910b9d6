import { useAnswer } from '../../api/hooks.ts';
import { plural } from '../../format/words.ts';
import { Bone, Failed } from '../../ui/States.tsx';

/** What reps teach with "not a fit". */
export function IcpFeedback() {
  const answer = useAnswer('settings.icpFeedback', {});
  if (answer.isPending) return <Bone height={40} />;
  if (answer.isError)
    return <Failed what="What reps said" error={answer.error} onRetry={() => void answer.refetch()} />;
  const { days, notFit, calledGood, lessons } = answer.data;
  if (notFit === 0)
    return (
      <p className="dim">
        Nobody has closed an item as “not a fit” in {days} days. What such accounts share is told here.
      </p>
    );
  return (
    <>
      <p className="num">
        In {days} days reps closed {plural(notFit, 'account')} as “not a fit”; this profile calls {calledGood}{' '}
        of them good.
      </p>
      <ul>
        {lessons.map((lesson) => (
          <li key={`${lesson.label} ${lesson.value}`} className="num">
            {lesson.label} “{lesson.value}”: {lesson.notFit} no fit, {lesson.worked} worked. Let it count
            less, or exclude it.
          </li>
        ))}
      </ul>
    </>
  );
}
