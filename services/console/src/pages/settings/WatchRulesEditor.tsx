import { ActionIcon, Button, TagsInput, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';

import { plural } from '../../format/words.ts';
import { JobRules } from './JobRules.tsx';
import styles from './settings.module.css';
import type { Trial, WatchRules } from './watch-rule-words.ts';
import own from './watch-rules.module.css';

/** Rules for openings with their hits and the team whose size is watched; or tools, and phrases that mean the same. */
export function WatchRulesEditor(props: {
  part: 'openings' | 'tools';
  rules: WatchRules;
  trial: Trial | undefined;
  editable: boolean;
  onChange: (rules: WatchRules) => void;
}) {
  const { part, rules, trial, editable, onChange } = props;
  if (part === 'tools')
    return (
      <>
        <Competitors rules={rules} editable={editable} onChange={onChange} />
        <Synonyms rules={rules} editable={editable} onChange={onChange} />
      </>
    );
  return (
    <>
      <div className={styles.part}>
        <JobRules rules={rules} trial={trial} editable={editable} onChange={onChange} />
      </div>
      <div className={styles.part}>
        <h3>Team whose growth and shrinking is told</h3>
        <p className="dim">
          Three openings more and a third more within four weeks are growth; openings that vanish together are
          a freeze.{' '}
          {trial && <span className="num">{plural(trial.teamOpenings, 'opening')} of it are up now.</span>}
        </p>
        <div className={own.team}>
          <TextInput
            label="Team"
            value={rules.team.name}
            maxLength={80}
            disabled={!editable}
            onChange={(event) =>
              onChange({ ...rules, team: { ...rules.team, name: event.currentTarget.value } })
            }
          />
          <TagsInput
            label="Its titles"
            value={rules.team.titles}
            disabled={!editable}
            onChange={(titles) => onChange({ ...rules, team: { ...rules.team, titles } })}
          />
        </div>
      </div>
    </>
  );
}

function Competitors({
  rules,
  editable,
  onChange,
}: Omit<Parameters<typeof WatchRulesEditor>[0], 'trial' | 'part'>) {
  const set = (competitors: WatchRules['competitors']) => onChange({ ...rules, competitors });
  return (
    <div className={styles.part}>
      <h3>Tools that compete with yours</h3>
      <p className="dim">
        Named in a talk they are a competitive evaluation; found in a company’s DNS records, a competitive
        install.
      </p>
      <ul className={own.tools} aria-label="Competing tools">
        {rules.competitors.map((tool, at) => (
          <li key={at} className={own.tool}>
            <TextInput
              label="Tool"
              value={tool.name}
              maxLength={80}
              disabled={!editable}
              onChange={(event) =>
                set(rules.competitors.with(at, { ...tool, name: event.currentTarget.value }))
              }
            />
            <TagsInput
              label="Also called"
              value={tool.mentions}
              disabled={!editable}
              onChange={(mentions) => set(rules.competitors.with(at, { ...tool, mentions }))}
            />
            <TagsInput
              label="Parts of DNS records"
              placeholder={tool.records.length === 0 ? 'include:mail.tool.com' : ''}
              value={tool.records}
              disabled={!editable}
              onChange={(records) => set(rules.competitors.with(at, { ...tool, records }))}
            />
            {editable && (
              <ActionIcon
                aria-label={`Remove ${tool.name || 'this tool'}`}
                onClick={() => set(rules.competitors.toSpliced(at, 1))}
              >
                <IconTrash size={15} aria-hidden />
              </ActionIcon>
            )}
          </li>
        ))}
      </ul>
      {editable && (
        <Button
          variant="default"
          mt="sm"
          leftSection={<IconPlus size={15} aria-hidden />}
          onClick={() => set([...rules.competitors, { name: '', mentions: [], records: [] }])}
        >
          New tool
        </Button>
      )}
    </div>
  );
}

function Synonyms({
  rules,
  editable,
  onChange,
}: Omit<Parameters<typeof WatchRulesEditor>[0], 'trial' | 'part'>) {
  const set = (synonyms: string[][]) => onChange({ ...rules, synonyms });
  return (
    <div className={styles.part}>
      <h3>Phrases that mean the same</h3>
      <p className="dim">A rule that names one of a row means all of them.</p>
      <div className={own.synonyms}>
        {rules.synonyms.map((group, at) => (
          <TagsInput
            key={at}
            aria-label={`Phrases that mean the same, row ${at + 1}`}
            value={group}
            disabled={!editable}
            onChange={(next) =>
              set(next.length === 0 ? rules.synonyms.toSpliced(at, 1) : rules.synonyms.with(at, next))
            }
          />
        ))}
      </div>
      {editable && (
        <Button
          variant="default"
          mt="sm"
          leftSection={<IconPlus size={15} aria-hidden />}
          onClick={() => set([...rules.synonyms, []])}
        >
          New row
        </Button>
      )}
    </div>
  );
}
