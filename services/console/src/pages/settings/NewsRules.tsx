import { Button, TagsInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';

import { plural } from '../../format/words.ts';
import { hostsOf } from './news-hosts.ts';
import { blankNewsRule, type NewsRule, type NewsRules as Rules, type NewsTrial } from './news-rule-words.ts';
import { NewsRuleRow } from './NewsRuleRow.tsx';
import styles from './settings.module.css';
import own from './watch-rules.module.css';

/** Rules for news with their hits and near misses, and publishers that are never taken. */
export function NewsRules(props: {
  news: Rules;
  trial: NewsTrial | undefined;
  editable: boolean;
  onChange: (news: Rules) => void;
}) {
  const { news, trial, editable, onChange } = props;
  const [open, setOpen] = useState<number | null>(news.rules.length === 1 ? 0 : null);
  const set = (rules: NewsRule[], opened: number | null) => {
    onChange({ ...news, rules });
    setOpen(opened);
  };
  const moved = (at: number, to: number) => {
    const rule = news.rules[at];
    if (rule) set(news.rules.toSpliced(at, 1).toSpliced(to, 0, rule), to);
  };
  return (
    <>
      <div className={styles.part}>
        {news.rules.length === 0 && (
          <p className="dim">No rule: no article of the press is told. Other sources tell as before.</p>
        )}
        <ol className={own.rules} aria-label="Rules for news">
          {news.rules.map((rule, at) => (
            <NewsRuleRow
              // The place is what stays while a name is typed.
              key={at}
              rule={rule}
              trial={trial}
              editable={editable}
              open={open === at}
              onToggle={() => setOpen(open === at ? null : at)}
              onChange={(next) => set(news.rules.with(at, next), at)}
              onRemove={() => set(news.rules.toSpliced(at, 1), null)}
              onUp={at === 0 ? null : () => moved(at, at - 1)}
              onDown={at === news.rules.length - 1 ? null : () => moved(at, at + 1)}
            />
          ))}
        </ol>
        {editable && (
          <Button
            variant="default"
            mt="sm"
            leftSection={<IconPlus size={15} aria-hidden />}
            onClick={() => set([blankNewsRule(news), ...news.rules], 0)}
          >
            New rule
          </Button>
        )}
      </div>
      <div className={styles.part}>
        <h3>Publishers that are ignored</h3>
        <p className="dim">By every rule. A host stands for everything below it.</p>
        <TagsInput
          mt="xs"
          aria-label="Publishers that are ignored"
          placeholder={editable && news.ignoredPublishers.length === 0 ? 'gossip.com, then Enter' : ''}
          value={news.ignoredPublishers}
          data={trial?.publishers ?? []}
          maxTags={100}
          disabled={!editable}
          onChange={(hosts) => onChange({ ...news, ignoredPublishers: hostsOf(hosts) })}
        />
      </div>
    </>
  );
}

/** What the rules would have told, over all. */
export function NewsTrialLine({ trial, changed }: { trial: NewsTrial | undefined; changed: boolean }) {
  if (!trial) return <span className="faint">Trying the rules on the last 90 days…</span>;
  if (trial.looked === 0)
    return (
      <span className="dim">
        No article was seen in the last 90 days. Add a press feed under Sources, and what it shows appears
        here.
      </span>
    );
  const { looked, hits, accounts, gained, lost, isCut } = trial;
  return (
    <span className="num">
      <strong>{hits.toLocaleString('en-US')}</strong> of {looked.toLocaleString('en-US')}{' '}
      {isCut ? 'newest articles' : 'articles'} of the last 90 days, at {plural(accounts, 'account')}
      {changed && (
        <span className="dim">
          {' '}
          · {gained} more and {lost} fewer than what is published
        </span>
      )}
    </span>
  );
}
