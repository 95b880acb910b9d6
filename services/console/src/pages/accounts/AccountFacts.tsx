import type { ReactNode } from 'react';

import { useAnswer } from '../../api/hooks.ts';
import type { AccountDetail } from '../../api/records.ts';
import { moneyShort } from '../../format/money.ts';
import { countryName, sentence, words } from '../../format/words.ts';
import { Contributions } from '../../records/Contributions.tsx';
import { FitParts } from '../../records/FitParts.tsx';
import { ofField, Sourced } from '../../records/Sourced.tsx';
import { Fact, Facts, Section } from '../../ui/Section.tsx';
import { When } from '../../ui/When.tsx';
import { AccountProfile } from './AccountProfile.tsx';

type Known = { field: string; label: string; own: string | null; show: (value: string) => ReactNode };

/** What is known of the account; a value with a source opens into it. */
export function AccountFacts({ account }: { account: AccountDetail }) {
  const score = useAnswer('scores.explain', { accountId: account.id });
  const known = fieldsOf(account);
  const others = [...new Set(account.values.map(({ field }) => field))].filter(
    (field) => !known.some((one) => one.field === field),
  );
  return (
    <div>
      <Section title="Facts">
        <Facts>
          {known.map(({ field, label, own, show }) => (
            <Fact key={field} label={label}>
              <FieldValue values={ofField(account.values, field)} own={own} show={show} />
            </Fact>
          ))}
          {others.map((field) => (
            <Fact key={field} label={words(field)}>
              <Sourced values={ofField(account.values, field)} show={(value) => value} />
            </Fact>
          ))}
          {account.externalIds
            .filter(({ value }) => value !== account.domain)
            .map(({ system, kind, value }) => (
              <Fact
                key={`${system} ${kind} ${value}`}
                label={`${words(system)} ${kind.length <= 4 ? kind.toUpperCase() : kind}`}
              >
                <span className="mono">{value}</span>
              </Fact>
            ))}
          <Fact label="Came from">{words(account.origin)}</Fact>
          <Fact label="Changed">
            <When at={account.updatedAt} />
          </Fact>
        </Facts>
      </Section>
      <AccountProfile account={account} />
      {score.data && (
        <>
          <Section title="Intent">
            <Contributions parts={score.data.contributions} total={score.data.signalScore} />
          </Section>
          <Section title="Fit">
            <FitParts parts={score.data.fitParts} total={score.data.fit} />
          </Section>
        </>
      )}
    </div>
  );
}

function FieldValue(props: { values: ReturnType<typeof ofField>; own: string | null; show: Known['show'] }) {
  if (props.values.length > 0) return <Sourced values={props.values} show={props.show} />;
  return props.own === null ? <span className="faint">–</span> : <>{props.show(props.own)}</>;
}

function fieldsOf(account: AccountDetail): Known[] {
  const number = (value: string) =>
    Number.isFinite(Number(value)) ? Number(value).toLocaleString('en-US') : value;
  const revenue = (value: string) =>
    Number.isFinite(Number(value)) ? moneyShort(Number(value) * 100, 'USD') : value;
  const place = [account.city, account.region].filter(Boolean).join(', ');
  return [
    { field: 'domain', label: 'Domain', own: account.domain, show: (value) => value },
    { field: 'industry', label: 'Industry', own: account.industry, show: sentence },
    { field: 'employee_count', label: 'Employees', own: text(account.employeeCount), show: number },
    { field: 'annual_revenue_usd', label: 'Revenue', own: text(account.annualRevenueUsd), show: revenue },
    { field: 'country', label: 'Country', own: account.country, show: (value) => countryName(value) },
    { field: 'city', label: 'Place', own: place || null, show: (value) => value },
  ];
}

function text(value: number | null): string | null {
  return value === null ? null : String(value);
}
