import { describe, expect, it } from 'vitest';

import { readHeadline } from './headline.ts';

type Told = [title: string, kind: string, company: string, facts: Record<string, unknown>];
const EUR = (amount: number) => ({ amount, currency: 'EUR' });

describe.each<[string, Told[], string[]]>([
  [
    'German',
    [
      ['Larkspur Dynamics sammelt 12,5 Millionen Euro ein', 'funding', 'Larkspur Dynamics', EUR(12_500_000)],
      ['Berliner Start-up Quillfeder sammelt rund 4 Mio. Euro ein', 'funding', 'Quillfeder', EUR(4_000_000)],
      [
        'Ninefold Labs sichert sich 1,2 Milliarden Dollar',
        'funding',
        'Ninefold Labs',
        { amountUsd: 1_200_000_000 },
      ],
      [
        'Ninefold schließt Series-B-Runde über 30 Mio. Franken ab',
        'funding',
        'Ninefold',
        { amount: 30_000_000, currency: 'CHF' },
      ],
      [
        'Softwarehersteller Nordmühle übernimmt Hafenlinie',
        'acquisition',
        'Nordmühle',
        { direction: 'acquired' },
      ],
      [
        'Nordmühle kauft Konkurrenten Hafenlinie für 20 Millionen Euro',
        'acquisition',
        'Nordmühle',
        { direction: 'acquired' },
      ],
      [
        'Hafenlinie wird von Nordmühle übernommen',
        'acquisition',
        'Hafenlinie',
        { direction: 'was_acquired' },
      ],
      [
        'Nordmühle streicht rund 1.200 Stellen',
        'budget_cut',
        'Nordmühle',
        { people: 1_200, workforcePercent: null },
      ],
      ['Nordmühle entlässt 15 Prozent der Belegschaft', 'budget_cut', 'Nordmühle', { workforcePercent: 15 }],
      ['Nordmühle baut 300 Arbeitsplätze ab', 'budget_cut', 'Nordmühle', { people: 300 }],
      ['Nordmühle beruft Jana Roth zur neuen Finanzchefin', 'executive_hire', 'Nordmühle', { role: 'CFO' }],
      [
        'Jana Roth wird neue Vertriebschefin bei Nordmühle',
        'executive_hire',
        'Nordmühle',
        { role: 'head of sales' },
      ],
      ['Nordmühle-Finanzchefin Jana Roth tritt zurück', 'leadership_change', 'Nordmühle', { role: 'CFO' }],
      ['Nordmühle expandiert nach Frankreich', 'expansion', 'Nordmühle', { country: 'FR' }],
      ['Nordmühle eröffnet erstes Büro in den USA', 'expansion', 'Nordmühle', { country: 'US' }],
    ],
    [
      'Nordmühle übernimmt Hafenlinie nicht',
      'Keine Übernahme: Nordmühle kauft Konkurrenten Hafenlinie doch nicht',
      'Nordmühle könnte 300 Stellen streichen',
      'Nordmühle dementiert: Konzern streicht 300 Stellen',
      'Nordmühle will 12 Millionen Euro einsammeln',
      'Übernimmt Nordmühle den Konkurrenten Hafenlinie?',
      'Nordmühle übernimmt Verantwortung für den Ausfall',
      'Nordmühle erhält Auftrag über 12 Millionen Euro',
      'Nordmühle erhält 12 Millionen Euro Fördermittel',
      'Nordmühle kauft eigene Aktien zurück',
      'Preis für Nachwuchs geht an Nordmühle',
      'Nordmühle eröffnet neues Kapitel',
    ],
  ],
  [
    'French',
    [
      ['Larkspur lève 12,5 millions d’euros', 'funding', 'Larkspur', EUR(12_500_000)],
      ['La start-up Plume boucle une levée de fonds de 8 M€ en série A', 'funding', 'Plume', EUR(8_000_000)],
      [
        'Le groupe Moulin Nord rachète Ligne du Port',
        'acquisition',
        'Moulin Nord',
        { direction: 'acquired' },
      ],
      [
        'Moulin Nord finalise l’acquisition de Quai Neuf',
        'acquisition',
        'Moulin Nord',
        { direction: 'acquired' },
      ],
      ['Quai Neuf racheté par Moulin Nord', 'acquisition', 'Quai Neuf', { direction: 'was_acquired' }],
      ['Moulin Nord supprime 1 200 postes', 'budget_cut', 'Moulin Nord', { people: 1_200 }],
      ['Moulin Nord licencie 10 % de ses effectifs', 'budget_cut', 'Moulin Nord', { workforcePercent: 10 }],
      [
        'Moulin Nord nomme Jeanne Roy directrice financière',
        'executive_hire',
        'Moulin Nord',
        { role: 'CFO' },
      ],
      [
        'Jeanne Roy nommée directrice commerciale de Moulin Nord',
        'executive_hire',
        'Moulin Nord',
        { role: 'head of sales' },
      ],
      [
        'La directrice financière de Moulin Nord démissionne',
        'leadership_change',
        'Moulin Nord',
        { role: 'CFO' },
      ],
      ['Moulin Nord s’implante en Allemagne', 'expansion', 'Moulin Nord', { country: 'DE' }],
      ['Moulin Nord ouvre une filiale aux États-Unis', 'expansion', 'Moulin Nord', { country: 'US' }],
    ],
    [
      'Moulin Nord ne rachète pas Quai Neuf',
      'Moulin Nord pourrait lever 12 millions d’euros',
      'Moulin Nord aurait levé 12 millions d’euros',
      'Moulin Nord dément : le groupe supprime 300 postes',
      'Moulin Nord va-t-il racheter Quai Neuf ?',
      'Moulin Nord obtient 12 millions d’euros de subventions',
      'Moulin Nord annonce 3 millions d’euros de bénéfices',
      'Moulin Nord rachète ses propres actions',
      'Moulin Nord ouvre ses portes au public',
    ],
  ],
  [
    'Spanish',
    [
      ['Larkspur levanta 12,5 millones de euros', 'funding', 'Larkspur', EUR(12_500_000)],
      [
        'La startup Pluma cierra una ronda de 8 millones de dólares en serie A',
        'funding',
        'Pluma',
        { amountUsd: 8_000_000 },
      ],
      ['Molino Norte capta 1.200 millones de euros', 'funding', 'Molino Norte', EUR(1_200_000_000)],
      [
        'Molino Norte compra la empresa Muelle Nuevo',
        'acquisition',
        'Molino Norte',
        { direction: 'acquired' },
      ],
      [
        'Muelle Nuevo, comprada por Molino Norte',
        'acquisition',
        'Muelle Nuevo',
        { direction: 'was_acquired' },
      ],
      ['Molino Norte despide a 300 empleados', 'budget_cut', 'Molino Norte', { people: 300 }],
      [
        'Molino Norte recorta el 10 % de su plantilla',
        'budget_cut',
        'Molino Norte',
        { workforcePercent: 10 },
      ],
      [
        'Molino Norte ficha a Juana Robles como directora financiera',
        'executive_hire',
        'Molino Norte',
        { role: 'CFO' },
      ],
      ['Dimite el consejero delegado de Molino Norte', 'leadership_change', 'Molino Norte', { role: 'CEO' }],
      ['Molino Norte abre su primera oficina en Alemania', 'expansion', 'Molino Norte', { country: 'DE' }],
      ['Molino Norte se expande a Estados Unidos', 'expansion', 'Molino Norte', { country: 'US' }],
    ],
    [
      'Molino Norte no compra Muelle Nuevo',
      'Molino Norte podría levantar 12 millones de euros',
      'Molino Norte niega que recorta 300 empleos',
      '¿Compra Molino Norte Muelle Nuevo?',
      'Molino Norte estudia si compra Muelle Nuevo',
      'Molino Norte logra 12 millones de euros de beneficio',
      'Molino Norte abre la puerta a cambios',
    ],
  ],
  [
    'Dutch',
    [
      ['Larkspur haalt 12,5 miljoen euro op', 'funding', 'Larkspur', EUR(12_500_000)],
      [
        'Amsterdamse scale-up Ganzenveer haalt ruim 8 miljoen euro binnen',
        'funding',
        'Ganzenveer',
        EUR(8_000_000),
      ],
      [
        'Noordmolen krijgt investering van 4 miljoen dollar',
        'funding',
        'Noordmolen',
        { amountUsd: 4_000_000 },
      ],
      ['Noordmolen neemt Havenlijn over', 'acquisition', 'Noordmolen', { direction: 'acquired' }],
      ['Havenlijn overgenomen door Noordmolen', 'acquisition', 'Havenlijn', { direction: 'was_acquired' }],
      ['Noordmolen schrapt 300 banen', 'budget_cut', 'Noordmolen', { people: 300 }],
      [
        'Noordmolen ontslaat 10 procent van het personeel',
        'budget_cut',
        'Noordmolen',
        { workforcePercent: 10 },
      ],
      [
        'Noordmolen benoemt Janna Rood tot financieel directeur',
        'executive_hire',
        'Noordmolen',
        { role: 'CFO' },
      ],
      [
        'Janna Rood wordt nieuwe commercieel directeur van Noordmolen',
        'executive_hire',
        'Noordmolen',
        { role: 'head of sales' },
      ],
      ['Financieel directeur van Noordmolen stapt op', 'leadership_change', 'Noordmolen', { role: 'CFO' }],
      ['Noordmolen opent kantoor in Duitsland', 'expansion', 'Noordmolen', { country: 'DE' }],
      ['Noordmolen breidt uit naar de Verenigde Staten', 'expansion', 'Noordmolen', { country: 'US' }],
    ],
    [
      'Noordmolen neemt Havenlijn niet over',
      'Noordmolen zou 300 banen schrappen',
      'Noordmolen wil 12 miljoen euro ophalen',
      'Neemt Noordmolen Havenlijn over?',
      'Noordmolen haalt 12 miljoen euro omzet binnen',
      'Noordmolen ziet af van plan en schrapt 300 banen',
      'Noordmolen opent de deuren',
    ],
  ],
])('%s headlines', (_, told, silent) => {
  it.each(told)('says: %s', (title, kind, company, facts) => {
    expect(readHeadline(title)).toMatchObject({ kind, company, facts });
  });

  it.each(silent)('say nothing to act on: %s', (title) => {
    expect(readHeadline(title)).toBeNull();
  });
});

it('puts no name of a person into what is told', () => {
  for (const title of [
    'Nordmühle beruft Jana Roth zur neuen Finanzchefin',
    'Moulin Nord nomme Jeanne Roy directrice financière',
    'Financieel directeur van Noordmolen, Janna Rood, stapt op',
  ]) {
    const claim = readHeadline(title);
    expect(claim?.facts).toEqual({ role: 'CFO' });
    expect(JSON.stringify(claim)).not.toMatch(/Roth|Roy|Rood/);
  }
});

it('reads a hostile title without going back and forth', () => {
  const hostile = [
    `${'Äa '.repeat(100)}übernimmt`,
    `${'A '.repeat(150)}sammelt`,
    `Aa nomme ${'b '.repeat(140)}`,
  ];
  for (const title of hostile) expect(readHeadline(title.slice(0, 300))).toBeNull();
});
