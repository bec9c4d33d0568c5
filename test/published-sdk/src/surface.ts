/**
 * Usage: node src/surface.ts. Prints, as a list in JSON, what the packages `@temporalio/*` offer and the packages
 * `@reprise/*` of this repository do not: exported names, members of classes, interfaces and options, and members that
 * only one side demands.
 */
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const modules = [
  'activity',
  'client',
  'common',
  'common/lib/encoding',
  'common/lib/proto-utils',
  'common/lib/protobufs',
  'common/lib/time',
  'envconfig',
  'interceptors-opentelemetry',
  'interceptors-opentelemetry/lib/client',
  'interceptors-opentelemetry/lib/worker',
  'interceptors-opentelemetry/lib/workflow',
  'nexus',
  'plugin',
  'proto',
  'testing',
  'worker',
  'workflow',
];

/** How deep options are followed that are written out within others. */
const depthLimit = 3;

const entry = fileURLToPath(new URL('surface-entry.ts', import.meta.url));
const scopes = ['@temporalio', '@reprise'] as const;

class Comparison {
  readonly found: string[] = [];
  readonly #checker: ts.TypeChecker;
  readonly #module: string;

  constructor(checker: ts.TypeChecker, module: string) {
    this.#checker = checker;
    this.#module = module;
  }

  compareExports(theirs: ts.Symbol, ours: ts.Symbol, prefix = ''): void {
    const own = new Map(this.#checker.getExportsOfModule(ours).map((symbol) => [symbol.name, this.#resolve(symbol)]));
    for (const exported of this.#checker.getExportsOfModule(theirs)) {
      const symbol = this.#resolve(exported);
      if (exported.name.startsWith('_') || isInternal(symbol)) continue;
      const path = `${prefix}${exported.name}`;
      const counterpart = own.get(exported.name);
      if (counterpart === undefined) this.#report(path, 'is missing');
      else this.#compareSymbols(symbol, counterpart, path);
    }
  }

  #compareSymbols(theirs: ts.Symbol, ours: ts.Symbol, path: string): void {
    const lacks = (flag: ts.SymbolFlags): boolean => (theirs.flags & flag) !== 0 && (ours.flags & flag) === 0;
    const both = (flag: ts.SymbolFlags): boolean => (theirs.flags & flag) !== 0 && (ours.flags & flag) !== 0;
    if (lacks(ts.SymbolFlags.Value)) this.#report(path, 'is missing as a value');
    if (lacks(ts.SymbolFlags.Type)) this.#report(path, 'is missing as a type');
    if (both(ts.SymbolFlags.NamespaceModule)) return this.compareExports(theirs, ours, `${path}.`);
    if (both(ts.SymbolFlags.Type)) {
      const [their, our] = [theirs, ours].map((symbol) => this.#checker.getDeclaredTypeOfSymbol(symbol));
      if (their && our) this.#compareMembers(their, our, `${path}.`, 0);
    }
    if (both(ts.SymbolFlags.Value) && !both(ts.SymbolFlags.Function) && this.#module !== 'proto') {
      const [their, our] = [theirs, ours].map((symbol) => this.#checker.getTypeOfSymbol(symbol));
      if (their && our) this.#compareMembers(their, our, `${path}:`, depthLimit);
    }
  }

  #compareMembers(theirs: ts.Type, ours: ts.Type, prefix: string, depth: number): void {
    const own = this.#membersOf(ours);
    const open = partsOf(ours).some((part) => part.getStringIndexType() !== undefined);
    for (const [name, members] of this.#membersOf(theirs)) {
      if (members.every((member) => isHidden(member))) continue;
      const counterparts = own.get(name);
      if (counterparts === undefined) {
        if (!open) this.#report(`${prefix}${name}`, 'is missing');
        continue;
      }
      const [optional, here] = [members, counterparts].map((list) => list.some(isOptional));
      if (optional && !here && !isOfClass(members)) this.#report(`${prefix}${name}`, 'is optional there');
      if (!optional && here) this.#report(`${prefix}${name}`, 'is optional here');
      if (depth < depthLimit) this.#compareNested(members, counterparts, `${prefix}${name}.`, depth + 1);
    }
  }

  /** Follows a member whose type is written out in place. */
  #compareNested(theirs: readonly ts.Symbol[], ours: readonly ts.Symbol[], prefix: string, depth: number): void {
    const [their, our] = [theirs, ours].map((members) =>
      members.flatMap((member) => partsOf(this.#checker.getNonNullableType(this.#checker.getTypeOfSymbol(member)))),
    );
    for (const part of their ?? []) {
      if (part.symbol?.name !== '__type' || part.getCallSignatures().length > 0) continue;
      const fits = (our ?? []).filter((type) => type.flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection));
      if (fits.length > 0) this.#compareMembers(part, unionOf(fits), prefix, depth);
    }
  }

  #membersOf(type: ts.Type): Map<string, ts.Symbol[]> {
    const members = new Map<string, ts.Symbol[]>();
    for (const part of partsOf(type)) {
      if (!(part.flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection))) continue;
      if (this.#checker.isArrayType(part) || this.#checker.isTupleType(part)) continue;
      for (const member of this.#checker.getPropertiesOfType(part))
        members.set(member.name, [...(members.get(member.name) ?? []), member]);
    }
    return members;
  }

  #resolve(symbol: ts.Symbol): ts.Symbol {
    return symbol.flags & ts.SymbolFlags.Alias ? this.#checker.getAliasedSymbol(symbol) : symbol;
  }

  #report(path: string, what: string): void {
    this.found.push(`${this.#module}: ${path} ${what}`);
  }
}

/** A stand-in for a union of types of which only the members are looked at. */
const unionOf = (types: readonly ts.Type[]): ts.Type => ({ isUnion: () => true, types }) as unknown as ts.Type;
const partsOf = (type: ts.Type): readonly ts.Type[] => (type.isUnion() ? type.types : [type]);
const isOptional = (member: ts.Symbol): boolean => (member.flags & ts.SymbolFlags.Optional) !== 0;
const isInternal = (symbol: ts.Symbol): boolean => symbol.getJsDocTags().some(({ name }) => name === 'internal');
const isOfClass = (members: readonly ts.Symbol[]): boolean =>
  members.some((member) =>
    member.declarations?.some(({ parent }) => ts.isClassLike(parent) || ts.isConstructorDeclaration(parent)),
  );

/** Private, protected, internal, and what comes from the language itself. */
function isHidden(member: ts.Symbol): boolean {
  if (/^(__@|__#|#|_|prototype$)/.test(member.name) || isInternal(member)) return true;
  return (member.declarations ?? []).some(
    (declaration) =>
      (ts.getCombinedModifierFlags(declaration) & (ts.ModifierFlags.Private | ts.ModifierFlags.Protected)) !== 0 ||
      /node_modules\/(typescript|@types)\//.test(declaration.getSourceFile().fileName),
  );
}

function createProgram(text: string): ts.Program {
  const options: ts.CompilerOptions = {
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    target: ts.ScriptTarget.ES2023,
    strict: true,
    skipLibCheck: true,
    types: ['node'],
  };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.fileExists = (name) => name === entry || fileExists(name);
  host.getSourceFile = (name, ...rest) =>
    name === entry ? ts.createSourceFile(name, text, ts.ScriptTarget.ES2023) : getSourceFile(name, ...rest);
  return ts.createProgram([entry], options, host);
}

function differences(): string[] {
  const specifiers = modules.flatMap((name) => scopes.map((scope) => `${scope}/${name}`));
  const program = createProgram(specifiers.map((specifier) => `import '${specifier}';\n`).join(''));
  const checker = program.getTypeChecker();
  const symbols = new Map<string, ts.Symbol>();
  program.getSourceFile(entry)?.forEachChild((node) => {
    if (!ts.isImportDeclaration(node) || !ts.isStringLiteral(node.moduleSpecifier)) return;
    const symbol = checker.getSymbolAtLocation(node.moduleSpecifier);
    if (symbol) symbols.set(node.moduleSpecifier.text, symbol);
  });
  return modules.flatMap((name) => {
    const [theirs, ours] = scopes.map((scope) => symbols.get(`${scope}/${name}`));
    if (theirs === undefined) throw new Error(`@temporalio/${name} is not installed`);
    if (ours === undefined) return [`${name}: is missing`];
    const comparison = new Comparison(checker, name);
    comparison.compareExports(theirs, ours);
    return comparison.found;
  });
}

console.log(JSON.stringify(differences()));
