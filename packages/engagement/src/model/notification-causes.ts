import type { NotificationKind } from './notification-kinds.ts';

type Payload = Readonly<Record<string, unknown>>;
/** What an event says to members: of what, and whether it begins or ends. */
export type Happened = {
  kind: NotificationKind;
  subjectId: string;
  ends: boolean;
};

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Which events are told, and the id of what each is about: a line here, and who is told in `tell-of-events.ts`. */
const TOLD: Readonly<Record<string, { kind: NotificationKind; id: string; ends?: true }>> = {
  'signal.recorded': { kind: 'signal', id: 'signalId' },
  'departure.changed': { kind: 'departure', id: 'departureId' },
  'alert.opened': { kind: 'alert', id: 'alertId' },
  'alert.closed': { kind: 'alert', id: 'alertId', ends: true },
};

export const EVENTS_OF_NOTIFICATIONS: readonly string[] = Object.keys(TOLD);

/** Null for an event that nobody is told of, or that does not name what it is about. */
export function happenedIn(event: { kind: string; payload: Payload }): Happened | null {
  const told = TOLD[event.kind];
  const subjectId = told && event.payload[told.id];
  if (!told || typeof subjectId !== 'string' || !UUID.test(subjectId)) return null;
  return { kind: told.kind, subjectId, ends: told.ends === true };
}

/** Whatever is told by several events or ways is one cause to a member. */
export const causeOf = ({ kind, subjectId }: Pick<Happened, 'kind' | 'subjectId'>): string =>
  `${kind}/${subjectId}`;
