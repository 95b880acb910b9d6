/** What a company says about itself in the schema.org data of its page. */
export type OrganizationOnPage = {
  name: string | null;
  employees: string | null;
  location: string | null;
  parent: string | null;
};

const BLOCK =
  /<script[^>]{0,300}type\s*=\s*["']?application\/ld\+json["']?[^>]{0,300}>([\s\S]*?)<\/script>/gi;
const MAX_BLOCKS = 20;

/** The organization in a page's JSON-LD; null where it says nothing of one. Blocks that are no JSON are passed over. */
export function organizationOn(html: string): OrganizationOnPage | null {
  const blocks = [...html.slice(0, 1_000_000).matchAll(BLOCK)].slice(0, MAX_BLOCKS);
  const node = blocks.flatMap(([, text = '']) => nodesIn(text)).find(isOrganization);
  if (node === undefined) return null;
  return {
    name: textOf(node['name']) ?? titleOf(html),
    employees: employeesOf(node['numberOfEmployees']),
    location: addressOf(node['address']),
    parent: textOf(recordOf(node['parentOrganization'])['name'] ?? node['parentOrganization']),
  };
}

/** Title of a page, its entities left as they are; null for none. */
export function titleOf(html: string): string | null {
  const text = /<title[^>]{0,200}>([^<]{1,300})<\/title>/i.exec(html)?.[1]?.trim() ?? '';
  return text === '' ? null : text.replace(/\s+/g, ' ');
}

type Node = Record<string, unknown>;

function nodesIn(text: string): Node[] {
  try {
    const value: unknown = JSON.parse(text);
    const top = Array.isArray(value) ? value : [value];
    return top.flatMap((each) => {
      const node = recordOf(each);
      const graph = node['@graph'];
      return Array.isArray(graph) ? [node, ...graph.map(recordOf)] : [node];
    });
  } catch {
    return [];
  }
}

const isOrganization = (node: Node): boolean =>
  [node['@type']]
    .flat()
    .some((type) => typeof type === 'string' && /organization|corporation|business$/i.test(type));

const recordOf = (value: unknown): Node =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};

const textOf = (value: unknown): string | null =>
  typeof value === 'string' && value.trim() !== '' ? value.trim().slice(0, 200) : null;

/** A number, or a `QuantitativeValue` with one or with bounds. */
function employeesOf(value: unknown): string | null {
  const { value: exact, minValue, maxValue } = recordOf(value);
  const number = (each: unknown) => (/^\d{1,8}$/.test(String(each)) ? String(each) : null);
  const [low, high] = [number(minValue), number(maxValue)];
  return number(value) ?? number(exact) ?? (low !== null && high !== null ? `${low}-${high}` : null);
}

function addressOf(value: unknown): string | null {
  const address = recordOf(Array.isArray(value) ? value[0] : value);
  const country = textOf(recordOf(address['addressCountry'])['name'] ?? address['addressCountry']);
  const parts = [textOf(address['addressLocality']), textOf(address['addressRegion']), country];
  const said = parts.filter((part) => part !== null);
  return said.length === 0 ? textOf(value) : said.join(', ');
}
