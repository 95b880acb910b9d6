import { expect, it } from 'vitest';

import { orderDay, type DayEntry } from './day-order.ts';

const NOW = new Date('2026-11-23T15:00:00Z');
const END = new Date('2026-11-23T23:59:59.999Z');
const hours = (count: number) => new Date(NOW.getTime() + count * 3_600_000);
const entry = (
  id: string,
  kind: DayEntry['kind'],
  dueAt: Date | null,
  priority: number | null = null,
): DayEntry => ({
  kind,
  id,
  title: id,
  accountId: 'account',
  accountName: 'Northwind',
  dealId: null,
  dueAt,
  about: 'Funding',
  priority,
});

it('puts who waits first, then what is late, what is due, and the queue, each with its reason', () => {
  const day = orderDay(
    [
      entry('second', 'ranked', null, 61),
      entry('first', 'ranked', null, 74.4),
      entry('tonight', 'task', hours(4)),
      entry('late', 'next_step', hours(-3)),
      entry('latest', 'task', hours(-72)),
      entry('asked', 'inbound', hours(-0.1)),
      entry('tomorrow', 'task', hours(10)),
    ],
    NOW,
    END,
  );
  expect(day.map(({ id, because, late }) => [id, because, late])).toEqual([
    ['asked', 'Funding', true],
    ['latest', 'Your task, due 3 days ago', true],
    ['late', 'Next step of an open deal, due 3 hours ago', true],
    ['tonight', 'Your task, due today', false],
    ['first', 'Number 1 of your queue by priority (74): Funding', false],
    ['second', 'Number 2 of your queue by priority (61): Funding', false],
  ]);
});
