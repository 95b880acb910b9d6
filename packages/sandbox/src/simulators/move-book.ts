import { randomOf } from '../world/random.ts';
import type { World, WorldCompany, WorldPerson } from '../world/world.ts';

/** Somebody who works elsewhere by now, since when, and the monthly release in which vendors first have it. */
export type Move = { company: WorldCompany; title: string; since: string; release: number };

export type MoveBook = {
  of(person: WorldPerson): Move | null;
  /** Moves somebody to a company; vendors know it from now on. */
  move(person: WorldPerson, company: WorldCompany): void;
  /** Number of the newest monthly release of records. */
  newest(): number;
  reset(): void;
};

const FIRST_MOVE = '2026-08-01';

/** Whose mailbox is gone works elsewhere from the start; everybody else where the world says, until they are moved. */
export function createMoveBook(world: World): MoveBook {
  const moves = new Map<string, Move>();
  let release = 0;
  const elsewhere = (person: WorldPerson): WorldCompany | undefined => {
    const others = world.companies.filter(({ key }) => key !== person.companyKey);
    return others[Math.floor(randomOf(`moved/${person.key}`).next() * others.length)];
  };
  const ofTheWorld = (person: WorldPerson): Move | null => {
    const company = person.mailbox === 'gone' ? elsewhere(person) : undefined;
    return company ? { company, title: person.title, since: FIRST_MOVE, release: 0 } : null;
  };
  return {
    of: (person) => moves.get(person.key) ?? ofTheWorld(person),
    move(person, company) {
      release += 1;
      moves.set(person.key, { company, title: `Head of ${person.role}`, since: '2026-11-01', release });
    },
    newest: () => release,
    reset() {
      moves.clear();
      release = 0;
    },
  };
}
