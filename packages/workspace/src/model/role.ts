export const ROLES = ['rep', 'manager', 'revops', 'admin'] as const;
export type Role = (typeof ROLES)[number];

export const PERMISSIONS = [
  'account.read',
  'account.write',
  'activity.write',
  'audit.read',
  'deal.override',
  'deal.read',
  'deal.write',
  'enrichment.read',
  'enrichment.run',
  'forms.manage',
  'icp.edit',
  'keys.manage',
  'lead.read',
  'members.manage',
  'outbox.read',
  'person.erase',
  'person.export',
  'providers.manage',
  'queue.read',
  'queue.work',
  'report.read',
  'sandbox.control',
  'settings.read',
  'signal.read',
  'workspace.create',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

const REP: readonly Permission[] = [
  'account.read',
  'account.write',
  'activity.write',
  'deal.read',
  'deal.write',
  'enrichment.read',
  'lead.read',
  'outbox.read',
  'queue.read',
  'queue.work',
  'sandbox.control',
  'settings.read',
  'signal.read',
];
const MANAGER: readonly Permission[] = [...REP, 'audit.read', 'deal.override', 'report.read'];
const REVOPS: readonly Permission[] = [
  ...REP,
  'audit.read',
  'report.read',
  'enrichment.run',
  'forms.manage',
  'icp.edit',
  'person.erase',
  'person.export',
  'providers.manage',
];

const BY_ROLE: Record<Role, ReadonlySet<Permission>> = {
  rep: new Set(REP),
  manager: new Set(MANAGER),
  revops: new Set(REVOPS),
  admin: new Set(PERMISSIONS),
};

/** What a role may do; what a person sees of others' records is a setting of the workspace, not of the role. */
export function roleMay(role: Role, permission: Permission): boolean {
  return BY_ROLE[role].has(permission);
}
