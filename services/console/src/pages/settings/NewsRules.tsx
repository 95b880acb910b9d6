import { TagsInput } from '@mantine/core';

import { Tag } from '../../ui/Tag.tsx';
import { hostsOf } from './news-hosts.ts';
import {
  blankNewsRule,
  describeNewsRule,
  emptiedWords,
  leftOutWords,
  type NewsRule,
  type NewsRules as Rules,
  type NewsTrial,
} from './news-rule-words.ts';
import { NewsHits } from './NewsHits.tsx';
import { NewsRuleFields } from './NewsRuleFields.tsx';
import { RuleFigures } from './rule-fields.tsx';
import { RuleList } from './RuleList.tsx';
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
  return (
    <>
      <div className={styles.part}>
        {news.rules.length === 0 && (
          <p className="dim">No rule: no article of the press is told. Other sources tell as before.</p>
        )}
        <RuleList
          label="Rules for news"
          note="An article counts for the first rule that it fits."
          rules={news.rules}
          editable={editable}
          onChange={(rules) => onChange({ ...news, rules })}
          blank={() => blankNewsRule(news)}
          addedAt="top"
          openAtFirst={news.rules.length === 1 ? 0 : null}
          words={describeNewsRule}
          figures={(rule) => <RuleFigures figures={figuresOf(rule, trial)} />}
          fields={(rule, set) => (
            <NewsRuleFields
              rule={rule}
              publishers={trial?.publishers ?? []}
              editable={editable}
              onChange={set}
            />
          )}
          found={(rule) => <Found rule={rule} trial={trial} />}
        />
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

const figuresOf = (rule: NewsRule, trial: NewsTrial | undefined) =>
  trial?.rules.find(({ name }) => name === rule.name);

/** What a rule hits, and what just missed it. */
function Found({ rule, trial }: { rule: NewsRule; trial: NewsTrial | undefined }) {
  const figures = figuresOf(rule, trial);
  const hits = trial?.examples.filter((hit) => hit.rule === rule.name) ?? [];
  const near = trial?.nearMisses.filter((miss) => miss.rule === rule.name) ?? [];
  return (
    <>
      {figures?.emptiedBy && (
        <p className={own.emptied} role="status">
          <Tag tone="warn" shape="half">
            {emptiedWords(figures.emptiedBy)}
          </Tag>
        </p>
      )}
      <h4 className={own.hitsHead}>Hits of the last 90 days</h4>
      {hits.length === 0 ? (
        <p className="dim">{trial ? 'None.' : 'The rule is tried as soon as it can be saved.'}</p>
      ) : (
        <NewsHits label={`Hits of ${rule.name}`} articles={hits} />
      )}
      {near.length > 0 && (
        <>
          <h4 className={own.hitsHead}>Just missed: all lines but one fit</h4>
          <p className="dim num">{figures?.leftOut.map(leftOutWords).join(' · ')}</p>
          <NewsHits label={`Near misses of ${rule.name}`} articles={near} />
        </>
      )}
    </>
  );
}
