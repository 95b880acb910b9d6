import { readConfiguration } from '@penstock/config/environment';
import { idFromKey, newId } from '@penstock/kernel/ids';
import { sealText } from '@penstock/kernel/seal';
import { providerAdapters } from '@penstock/providers/registry';
import { buildWorld } from '@penstock/sandbox/world/build-world';
import { saveSettings } from '@penstock/signals/visits/visit-statements';
import { statement } from '@penstock/store/statement';

import { provisionWorkspace } from './provision-workspace.ts';
import { openGatewayDeps } from './run-gateway.ts';
import { DEMO_MEMBERS, demoPassword, demoSignIns } from './seed/demo-members.ts';
import { seedChampions } from './seed/seed-champions.ts';
import { seedDeals } from './seed/seed-deals.ts';
import { seedBoards } from './seed/seed-boards.ts';
import { seedOutcomes } from './seed/seed-outcomes.ts';
import { seedOutreach } from './seed/seed-outreach.ts';
import { seedSources } from './seed/seed-sources.ts';
import { seedWorld } from './seed/seed-world.ts';

// Fills the sandbox workspace, once; a workspace that is there is left as it is. Prints who can sign in, as one JSON line.

const WORKSPACE_ID = idFromKey('penstock:sandbox');
const FORM_KEY = 'demo-request';
const VISITS_KEY = 'sandbox-visits';
const SANDBOX_KEY = 'sandbox_0000000000000000';

const insertTeam = statement(
  'seed_team',
  'insert into team (workspace_id, id, name, created_at) values ($1, $2, $3, $4) on conflict do nothing',
);
const insertMember = statement(
  'seed_member',
  `insert into member (workspace_id, id, name, email, role, team_id, time_zone, takes_leads, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing`,
);
const setManager = statement(
  'seed_team_manager',
  'update team set manager_id = $3 where workspace_id = $1 and id = $2',
);
const insertForm = statement(
  'seed_form',
  'insert into form (workspace_id, id, public_key, name, intent, created_at) values ($1, $2, $3, $4, $5, $6) on conflict do nothing',
);
const insertCredential = statement(
  'seed_credential',
  `insert into provider_credential (workspace_id, id, provider, label, secret_sealed, last_four, created_at, limits) values ($1, $2, $3, 'Sandbox', $4, $5, $6, '[]') on conflict do nothing`,
);

const FORMS = [
  { key: FORM_KEY, name: 'Request a demo', intent: 'demo_request' },
  { key: 'talk-to-sales', name: 'Talk to sales', intent: 'contact_sales' },
  { key: 'webinar', name: 'Webinar: five minutes to a first call', intent: 'webinar' },
  { key: 'white-paper', name: 'White paper: what a waterfall costs', intent: 'download' },
];

const config = readConfiguration(process.env);
const { deps, close } = openGatewayDeps(config);
try {
  const there = (await deps.store.dueWork.workspaces()).some(
    (workspace) => workspace.workspaceId === WORKSPACE_ID,
  );
  if (!there) await fill();
  console.log(
    JSON.stringify({
      signIns: demoSignIns(config.PENSTOCK_AUTH_SECRET),
      formUrl: `${config.PENSTOCK_PUBLIC_URL}/f/${FORM_KEY}`,
    }),
  );
} finally {
  await close();
}

async function fill(): Promise<void> {
  const { store, clock } = deps;
  const now = clock.now();
  await provisionWorkspace(deps, {
    id: WORKSPACE_ID,
    name: 'Sandbox',
    slug: 'sandbox',
    kind: 'sandbox',
    timeZone: 'America/New_York',
    founder: null,
  });
  const repIds = await seedMembers(now);
  const secretKey = Buffer.from(config.PENSTOCK_SECRET_KEY, 'base64');
  await store.inWorkspace(WORKSPACE_ID, async (tx) => {
    for (const form of FORMS) await tx.rows(insertForm, newId(now), form.key, form.name, form.intent, now);
    await tx.rows(
      saveSettings,
      VISITS_KEY,
      true,
      [new URL(config.PENSTOCK_PUBLIC_URL).origin],
      ['/pricing', '/pricing/*', '/plans'],
      [],
      true,
      sealText(secretKey, SANDBOX_KEY),
      1_000,
      'penstock',
      now,
    );
    for (const provider of providerAdapters.keys()) {
      await tx.rows(
        insertCredential,
        newId(now),
        provider,
        sealText(secretKey, SANDBOX_KEY),
        SANDBOX_KEY.slice(-4),
        now,
      );
    }
  });
  const world = buildWorld();
  await seedWorld(store, WORKSPACE_ID, world, repIds, now);
  await seedBoards(store, WORKSPACE_ID, world, now);
  await seedSources(store, WORKSPACE_ID, now);
  await seedDeals(store, WORKSPACE_ID, world, repIds, now);
  await seedOutcomes(store, WORKSPACE_ID, world, repIds, now);
  await seedChampions(store, WORKSPACE_ID, world, now);
  await seedOutreach(store, WORKSPACE_ID, repIds, now);
}

async function seedMembers(now: Date): Promise<string[]> {
  const teams = new Map(
    [...new Set(DEMO_MEMBERS.map((member) => member.team))].map((name) => [name, newId(now)]),
  );
  await deps.store.inWorkspace(WORKSPACE_ID, async (tx) => {
    for (const [name, id] of teams) await tx.rows(insertTeam, id, name, now);
  });
  const repIds: string[] = [];
  for (const member of DEMO_MEMBERS) {
    const { name, email, role, timeZone } = member;
    const id = await deps.auth.createUser(
      { name, email, password: demoPassword(config.PENSTOCK_AUTH_SECRET, email) },
      WORKSPACE_ID,
    );
    const teamId = teams.get(member.team) ?? null;
    await deps.store.inWorkspace(WORKSPACE_ID, async (tx) => {
      await tx.rows(insertMember, id, name, email, role, teamId, timeZone, role === 'rep', now);
      if (role === 'manager' && teamId !== null) await tx.rows(setManager, teamId, id);
    });
    if (role === 'rep') repIds.push(id);
  }
  return repIds;
}
