import type { Instance } from '@penstock/infra-local/instance-options';

/** The superuser on the product's own database: sees past row-level security, which only tests may. */
export function adminUrl(instance: Instance): string {
  const address = new URL(instance.databaseUrls.admin);
  address.pathname = new URL(instance.databaseUrls.app).pathname;
  return address.href;
}
