import type { DealDetail } from '../../api/records.ts';
import { plural } from '../../format/words.ts';
import { Section } from '../../ui/Section.tsx';
import { Tag, type Tone } from '../../ui/Tag.tsx';
import { When } from '../../ui/When.tsx';
import styles from './pipeline.module.css';

type Point = DealDetail['talks'][number];

const KINDS: Readonly<Record<Point['kind'], { label: string; tone: Tone }>> = {
  competitor: { label: 'Competitor', tone: 'bad' },
  sentiment: { label: 'Mood', tone: 'plain' },
  commitment: { label: 'Promise', tone: 'good' },
  question: { label: 'Question', tone: 'warn' },
};

/** What was said in talks about a deal: whom else they look at, how they feel, what was promised, what they ask. */
export function Talks({ talks }: { talks: readonly Point[] }) {
  const questions = talks.filter(({ kind }) => kind === 'question').length;
  return (
    <Section title="Said in talks" aside={questions > 0 ? plural(questions, 'question') : undefined}>
      <ul className={styles.talks}>
        {talks.map((point) => (
          <li key={point.id}>
            <Tag tone={toneOf(point)}>{point.tool || KINDS[point.kind].label}</Tag>
            <div>
              <q>{point.quote}</q>
              <p className="dim">
                {point.who ?? (point.side === 'us' ? 'One of us' : 'Their side')}
                {point.mood !== null && `, ${moodWord(point.mood)}`} · <When at={point.occurredAt} />
                {point.dueAt && (
                  <>
                    {' · due '}
                    <When at={point.dueAt} />
                  </>
                )}
                {point.url && (
                  <>
                    {' · '}
                    <a href={point.url} target="_blank" rel="noreferrer noopener">
                      {point.title || 'the talk'}
                    </a>
                  </>
                )}
              </p>
            </div>
          </li>
        ))}
      </ul>
    </Section>
  );
}

const toneOf = ({ kind, mood }: Point): Tone =>
  mood === null ? KINDS[kind].tone : mood <= -0.3 ? 'bad' : mood >= 0.3 ? 'good' : 'plain';

const moodWord = (mood: number): string =>
  mood <= -0.3 ? 'unhappy' : mood >= 0.3 ? 'happy' : 'neither happy nor unhappy';
