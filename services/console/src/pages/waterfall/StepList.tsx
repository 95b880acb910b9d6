import { ActionIcon } from '@mantine/core';
import {
  IconArrowDown,
  IconArrowUp,
  IconChevronDown,
  IconChevronUp,
  IconGripVertical,
  IconX,
} from '@tabler/icons-react';
import { describeCondition } from '@penstock/enrichment/model/step-condition';
import { ordinal } from '@penstock/enrichment/model/waterfall-changes';
import { fieldsInWords } from '@penstock/enrichment/model/waterfall-fields';
import { givesOf } from '@penstock/enrichment/model/waterfall-problems';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';

import { spend } from '../../format/money.ts';
import { StepEditor } from './StepEditor.tsx';
import { useDragOrder } from './drag-order.ts';
import { offerOf, stepKey, type Offer, type Step, type Waterfall } from './waterfall-types.ts';
import styles from './waterfall.module.css';

type Props = {
  waterfall: Waterfall;
  offers: readonly Offer[];
  editable: boolean;
  onChange: (steps: Step[]) => void;
};

/** The steps in their order: dragged by their handle, or moved by arrow keys on it and by buttons. */
export function StepList({ waterfall, offers, editable, onChange }: Props) {
  const { steps } = waterfall;
  const list = useRef<HTMLOListElement>(null);
  const [openKey, setOpenKey] = useState<string | null>(null);
  const [moved, setMoved] = useState<{ key: string; said: string } | null>(null);
  const move = (from: number, to: number) => {
    const step = steps[from];
    if (!step || to < 0 || to >= steps.length || to === from) return;
    onChange(steps.toSpliced(from, 1).toSpliced(to, 0, step));
    const name = offerOf(offers, step)?.providerName ?? step.provider;
    setMoved({ key: stepKey(step), said: `${name} is now ${ordinal(to + 1)} of ${steps.length}.` });
  };
  const drag = useDragOrder(list, move);
  // Moving a row takes the focus from what is in it.
  useEffect(() => {
    if (moved && document.activeElement === document.body)
      list.current?.querySelector<HTMLElement>(`[data-handle="${CSS.escape(moved.key)}"]`)?.focus();
  }, [moved]);
  return (
    <>
      <ol className={styles.steps} ref={list} aria-label="Steps">
        {steps.map((step, at) => {
          const key = stepKey(step);
          return (
            <li key={key} className={styles.step} {...drag.rowProps(at)}>
              <StepLine
                step={step}
                at={at}
                waterfall={waterfall}
                offer={offerOf(offers, step)}
                editable={editable}
                open={openKey === key}
                onOpen={() => setOpenKey(openKey === key ? null : key)}
                onMove={(by) => move(at, at + by)}
                onRemove={steps.length > 1 ? () => onChange(steps.toSpliced(at, 1)) : null}
                handleProps={drag.handleProps(at)}
              />
              {openKey === key && (
                <StepEditor
                  step={step}
                  offer={offerOf(offers, step)}
                  wanted={waterfall.wanted}
                  editable={editable}
                  onChange={(next) => {
                    onChange(steps.with(at, next));
                    setOpenKey(stepKey(next));
                  }}
                />
              )}
            </li>
          );
        })}
      </ol>
      <span className="visually-hidden" role="status">
        {moved?.said}
      </span>
    </>
  );
}

type LineProps = {
  step: Step;
  at: number;
  waterfall: Waterfall;
  offer: Offer | undefined;
  editable: boolean;
  open: boolean;
  onOpen: () => void;
  onMove: (by: -1 | 1) => void;
  onRemove: (() => void) | null;
  handleProps: ReturnType<ReturnType<typeof useDragOrder>['handleProps']>;
};

function StepLine(props: LineProps) {
  const { step, at, waterfall, offer, editable, open, onMove } = props;
  const name = offer?.providerName ?? step.provider;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
    event.preventDefault();
    onMove(event.key === 'ArrowUp' ? -1 : 1);
  };
  return (
    <div className={styles.stepLine}>
      {editable ? (
        <button
          type="button"
          className={styles.handle}
          data-handle={stepKey(step)}
          aria-label={`Move ${name}, ${at + 1} of ${waterfall.steps.length}: drag, or arrow keys`}
          title="Drag, or arrow keys"
          onKeyDown={onKeyDown}
          {...props.handleProps}
        >
          <IconGripVertical size={16} aria-hidden />
        </button>
      ) : (
        <span />
      )}
      <span className={`${styles.place} num`}>{at + 1}</span>
      <div>
        <div>
          <span className="strong">{name}</span>{' '}
          <span className="dim">{whatItDoes(step, offer, waterfall)}</span>
        </div>
        <div className="faint">{step.when.map(describeCondition).join(', ') || 'always'}</div>
      </div>
      <div className={styles.stepTools}>
        {editable && (
          <>
            <ActionIcon aria-label={`Move ${name} up`} disabled={at === 0} onClick={() => onMove(-1)}>
              <IconArrowUp size={15} aria-hidden />
            </ActionIcon>
            <ActionIcon
              aria-label={`Move ${name} down`}
              disabled={at === waterfall.steps.length - 1}
              onClick={() => onMove(1)}
            >
              <IconArrowDown size={15} aria-hidden />
            </ActionIcon>
          </>
        )}
        <ActionIcon aria-label={`Conditions of ${name}`} aria-expanded={open} onClick={props.onOpen}>
          {open ? <IconChevronUp size={15} aria-hidden /> : <IconChevronDown size={15} aria-hidden />}
        </ActionIcon>
        {editable && props.onRemove && (
          <ActionIcon aria-label={`Remove ${name}`} onClick={props.onRemove}>
            <IconX size={15} aria-hidden />
          </ActionIcon>
        )}
      </div>
    </div>
  );
}

function whatItDoes(step: Step, offer: Offer | undefined, { wanted }: Waterfall): string {
  if (!offer) return `offers no ${step.capability}`;
  const price = offer.priceMicros === 0 ? 'free' : `${spend(offer.priceMicros)}`;
  if (offer.kind === 'verify_email') return `verifies the address · ${price}`;
  if (offer.kind === 'lookup_phone') return `looks up what line a number is · ${price}`;
  return `${fieldsInWords(givesOf(step, offer, wanted)) || 'gives nothing that is wanted'} · ${price}`;
}
