import { ActionIcon, Button, MultiSelect, NumberInput, TextInput, TagsInput } from '@mantine/core';
import { SENIORITIES, SENIORITY_LABELS } from '@penstock/accounts/model/buying-role';
import { IconX } from '@tabler/icons-react';

import type { PeopleSearch } from '../../api/records.ts';
import styles from './searches.module.css';

export type Persona = PeopleSearch['personas'][number];
const MOST = 6;
const RANKS = SENIORITIES.map((value) => ({ value, label: SENIORITY_LABELS[value] }));

/** What buying groups usually are made of (R013), to begin with. */
export const FIRST_PERSONA: Persona = {
  name: 'Sales leader',
  titles: ['VP Sales', 'Head of Sales'],
  seniorities: [],
  most: 2,
};
const OFFERED: readonly Persona[] = [
  FIRST_PERSONA,
  {
    name: 'Revenue operations',
    titles: ['Director of Revenue Operations', 'RevOps Manager'],
    seniorities: [],
    most: 1,
  },
  { name: 'Sales manager', titles: ['Sales Manager'], seniorities: [], most: 2 },
  {
    name: 'CRM administrator',
    titles: ['CRM Administrator', 'Salesforce Administrator'],
    seniorities: [],
    most: 1,
  },
  { name: 'Finance', titles: ['CFO', 'Head of Finance'], seniorities: [], most: 1 },
  { name: 'Procurement', titles: ['Head of Procurement'], seniorities: [], most: 1 },
];

/** Whom to look for at each account: positions, ranks, and how many of each. */
export function PersonaFields(props: { personas: Persona[]; onChange: (personas: Persona[]) => void }) {
  const { personas, onChange } = props;
  const set = (at: number, change: Partial<Persona>) =>
    onChange(personas.map((persona, index) => (index === at ? { ...persona, ...change } : persona)));
  const next = OFFERED.find(({ name }) => !personas.some((persona) => persona.name === name)) ?? {
    ...FIRST_PERSONA,
    name: `Persona ${personas.length + 1}`,
    titles: [],
  };
  return (
    <fieldset className={styles.personas}>
      <legend>Whom, at each account</legend>
      {personas.map((persona, at) => (
        <div key={at} className={styles.persona}>
          <TextInput
            label="Persona"
            value={persona.name}
            maxLength={60}
            onChange={({ currentTarget: { value } }) => set(at, { name: value })}
          />
          <NumberInput
            label="At most"
            min={1}
            max={25}
            allowDecimal={false}
            value={persona.most}
            onChange={(most) => Number(most) >= 1 && set(at, { most: Number(most) })}
          />
          {personas.length > 1 && (
            <ActionIcon
              className={styles.remove ?? ''}
              aria-label={`Remove ${persona.name}`}
              onClick={() => onChange(personas.toSpliced(at, 1))}
            >
              <IconX size={15} aria-hidden />
            </ActionIcon>
          )}
          <TagsInput
            className={styles.whole ?? ''}
            label="Positions"
            placeholder={persona.titles.length === 0 ? 'Type, then Enter' : ''}
            value={persona.titles}
            maxTags={10}
            acceptValueOnBlur
            onChange={(titles) => set(at, { titles })}
          />
          <MultiSelect
            className={styles.whole ?? ''}
            label="Ranks"
            placeholder={persona.seniorities.length === 0 ? 'any' : ''}
            data={RANKS}
            value={persona.seniorities}
            onChange={(chosen) =>
              set(at, { seniorities: SENIORITIES.filter((rank) => chosen.includes(rank)) })
            }
          />
        </div>
      ))}
      {personas.length < MOST && (
        <Button variant="default" size="compact-sm" onClick={() => onChange([...personas, next])}>
          Add a persona
        </Button>
      )}
    </fieldset>
  );
}

export const arePersonasWhole = (personas: readonly Persona[]): boolean =>
  personas.length > 0 && personas.every(({ name, titles }) => name.trim() !== '' && titles.length > 0);
