import { parseSync } from 'oxc-parser';

export type Import = {
  specifier: string;
  /** Only types come through: it is gone at run time. */
  typeOnly: boolean;
  line: number;
};

/** Everything a TypeScript file imports or re-exports, dynamic imports of literal names included. */
export function importsOf(file: string, source: string): Import[] {
  const { module } = parseSync(file, source);
  const lineAt = (offset: number) => source.slice(0, offset).split('\n').length;

  const fixed = module.staticImports.map((one) => ({
    specifier: one.moduleRequest.value,
    typeOnly: one.entries.length > 0 && one.entries.every((entry) => entry.isType),
    line: lineAt(one.start),
  }));
  const passedOn = module.staticExports.flatMap((one) =>
    one.entries.flatMap((entry) =>
      entry.moduleRequest
        ? [{ specifier: entry.moduleRequest.value, typeOnly: entry.isType, line: lineAt(one.start) }]
        : [],
    ),
  );
  const dynamic = module.dynamicImports.flatMap((one) => {
    const literal = /^(['"])(.*)\1$/.exec(source.slice(one.moduleRequest.start, one.moduleRequest.end));
    return literal?.[2] === undefined
      ? []
      : [{ specifier: literal[2], typeOnly: false, line: lineAt(one.start) }];
  });
  return [...fixed, ...passedOn, ...dynamic];
}
