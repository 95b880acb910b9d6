import { Button } from '@mantine/core';
import { IconChevronRight, IconPlus } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';

import { RuleTools } from './RuleTools.tsx';
import styles from './watch-rules.module.css';

type Shown<Rule> = {
  /** What a rule asks for, in a line. */
  words: (rule: Rule) => string;
  /** What it hits, in a word. */
  figures: (rule: Rule, at: number) => ReactNode;
  /** Its conditions. */
  fields: (rule: Rule, onChange: (rule: Rule) => void, at: number) => ReactNode;
  /** What it hits, below its conditions. */
  found?: (rule: Rule) => ReactNode;
  /** Which of the rules counts. */
  note: string;
  editable: boolean;
};

/** Rules in their order, of which the first that fits counts: each in a line, opened with its conditions, its hits and what can be done with it. */
export function RuleList<Rule extends { name: string }>(
  props: Shown<Rule> & {
    label: string;
    rules: readonly Rule[];
    onChange: (rules: Rule[]) => void;
    /** A rule to begin with. */
    blank: () => Rule;
    addedAt: 'top' | 'bottom';
    openAtFirst?: number | null;
  },
) {
  const { rules, editable, onChange, blank, addedAt } = props;
  const [open, setOpen] = useState<number | null>(props.openAtFirst ?? null);
  const set = (next: Rule[], opened: number | null) => {
    onChange(next);
    setOpen(opened);
  };
  const mover = (rule: Rule, at: number, to: number) =>
    to < 0 || to === rules.length ? null : () => set(rules.toSpliced(at, 1).toSpliced(to, 0, rule), to);
  const add = () => {
    const at = addedAt === 'top' ? 0 : rules.length;
    set(rules.toSpliced(at, 0, blank()), at);
  };
  return (
    <>
      <ol className={styles.rules} aria-label={props.label}>
        {rules.map((rule, at) => (
          <Folded
            // The place is what stays while a name is typed.
            key={at}
            {...props}
            rule={rule}
            at={at}
            open={open === at}
            onToggle={() => setOpen(open === at ? null : at)}
            onRule={(next) => set(rules.with(at, next), at)}
            onRemove={() => set(rules.toSpliced(at, 1), null)}
            onUp={mover(rule, at, at - 1)}
            onDown={mover(rule, at, at + 1)}
          />
        ))}
      </ol>
      {editable && (
        <Button variant="default" mt="sm" leftSection={<IconPlus size={15} aria-hidden />} onClick={add}>
          New rule
        </Button>
      )}
    </>
  );
}

function Folded<Rule extends { name: string }>(
  props: Shown<Rule> & {
    rule: Rule;
    at: number;
    open: boolean;
    onToggle: () => void;
    onRule: (rule: Rule) => void;
    onRemove: () => void;
    onUp: (() => void) | null;
    onDown: (() => void) | null;
  },
) {
  const { rule, at, open } = props;
  return (
    <li className={styles.rule} data-open={open}>
      <button type="button" className={styles.ruleHead} aria-expanded={open} onClick={props.onToggle}>
        <IconChevronRight size={15} className={styles.chevron} aria-hidden />
        <span className={styles.ruleName}>{rule.name || 'No name'}</span>
        <span className={styles.ruleWords}>{props.words(rule)}</span>
        <span className={styles.ruleFigures}>{props.figures(rule, at)}</span>
      </button>
      {open && (
        <div className={styles.opened}>
          {props.fields(rule, props.onRule, at)}
          {props.editable && (
            <RuleTools note={props.note} onUp={props.onUp} onDown={props.onDown} onRemove={props.onRemove} />
          )}
          {props.found?.(rule)}
        </div>
      )}
    </li>
  );
}
