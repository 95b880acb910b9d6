import { IconChevronRight } from '@tabler/icons-react';

import { Tag } from '../../ui/Tag.tsx';
import {
  describeNewsRule,
  emptiedWords,
  figuresWords,
  leftOutWords,
  type NewsRule,
  type NewsTrial,
} from './news-rule-words.ts';
import { NewsHits } from './NewsHits.tsx';
import { NewsRuleFields } from './NewsRuleFields.tsx';
import { RuleTools } from './RuleTools.tsx';
import styles from './watch-rules.module.css';

type RowProps = {
  rule: NewsRule;
  trial: NewsTrial | undefined;
  editable: boolean;
  open: boolean;
  onToggle: () => void;
  onChange: (rule: NewsRule) => void;
  onRemove: () => void;
  /** Null at the end of the list. */
  onUp: (() => void) | null;
  onDown: (() => void) | null;
};

/** A rule for news in a line with what it hits; opened, its conditions, the hits, and what just missed it. */
export function NewsRuleRow(props: RowProps) {
  const { rule, trial, open, onToggle } = props;
  const figures = trial?.rules.find(({ name }) => name === rule.name);
  const [hits, more] = figures ? figuresWords(figures) : ['', ''];
  return (
    <li className={styles.rule} data-open={open}>
      <button type="button" className={styles.ruleHead} aria-expanded={open} onClick={onToggle}>
        <IconChevronRight size={15} className={styles.chevron} aria-hidden />
        <span className={styles.ruleName}>{rule.name || 'No name'}</span>
        <span className={styles.ruleWords}>{describeNewsRule(rule)}</span>
        <span className={styles.ruleFigures}>
          {figures ? (
            <>
              {hits}
              <span className="dim">{more}</span>
            </>
          ) : (
            <span className="faint">not tried</span>
          )}
        </span>
      </button>
      {open && <Opened {...props} />}
    </li>
  );
}

function Opened({ rule, trial, editable, onChange, onRemove, onUp, onDown }: RowProps) {
  const figures = trial?.rules.find(({ name }) => name === rule.name);
  const hits = trial?.examples.filter((hit) => hit.rule === rule.name) ?? [];
  const near = trial?.nearMisses.filter((miss) => miss.rule === rule.name) ?? [];
  return (
    <div className={styles.opened}>
      <NewsRuleFields
        rule={rule}
        publishers={trial?.publishers ?? []}
        editable={editable}
        onChange={onChange}
      />
      {editable && (
        <RuleTools
          note="An article counts for the first rule that it fits."
          onUp={onUp}
          onDown={onDown}
          onRemove={onRemove}
        />
      )}
      {figures?.emptiedBy && (
        <p className={styles.emptied} role="status">
          <Tag tone="warn" shape="half">
            {emptiedWords(figures.emptiedBy)}
          </Tag>
        </p>
      )}
      <h4 className={styles.hitsHead}>Hits of the last 90 days</h4>
      {hits.length === 0 ? (
        <p className="dim">{trial ? 'None.' : 'The rule is tried as soon as it can be saved.'}</p>
      ) : (
        <NewsHits label={`Hits of ${rule.name}`} articles={hits} />
      )}
      {near.length > 0 && (
        <>
          <h4 className={styles.hitsHead}>Just missed: all lines but one fit</h4>
          <p className="dim num">{figures?.leftOut.map(leftOutWords).join(' · ')}</p>
          <NewsHits label={`Near misses of ${rule.name}`} articles={near} />
        </>
      )}
    </div>
  );
}
