import type { QueryOutput } from './procedures.ts';

/** The records pages work with, named once. */
export type Me = QueryOutput<'session.me'>;
export type QueueItem = QueryOutput<'queue.get'>;
export type QueuePage = QueryOutput<'queue.list'>;
export type Contribution = QueueItem['contributions'][number];
export type LeadRow = QueryOutput<'leads.list'>['items'][number];
export type LeadDetail = QueryOutput<'leads.get'>;
export type WelcomeMail = NonNullable<LeadDetail['mail']>;
export type RunTrace = QueryOutput<'enrichment.runs'>['items'][number];
export type WaterfallStep = RunTrace['steps'][number];
export type ProviderRow = QueryOutput<'enrichment.providers'>['items'][number];
export type AccountRow = QueryOutput<'accounts.list'>['items'][number];
export type AccountDetail = QueryOutput<'accounts.get'>;
export type PersonCard = AccountDetail['people'][number];
export type SourcedValue = AccountDetail['values'][number];
export type TimelineEntry = QueryOutput<'accounts.timeline'>['items'][number];
export type ScoreExplained = QueryOutput<'scores.explain'>;
export type DealRow = QueryOutput<'deals.list'>['items'][number];
export type DealDetail = QueryOutput<'deals.get'>;
export type CriterionStatus = DealDetail['criteria'][number];
export type StageRow = QueryOutput<'deals.stages'>['items'][number];
export type MailRow = QueryOutput<'mails.list'>['items'][number];
export type MemberRow = QueryOutput<'settings.members'>['items'][number];
export type FormRow = QueryOutput<'settings.forms'>['items'][number];
export type Icp = QueryOutput<'settings.icp'>['published'];
export type IcpCriterion = Icp['criteria'][number];
export type AuditRow = QueryOutput<'settings.audit'>['items'][number];
