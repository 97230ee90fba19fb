/**
 * The arrows of docs/architecture.md. What is not listed is an error.
 *
 * A name is a folder below src/ (or one file). Every module may import itself and packages; which packages,
 * says eslint.config.mjs, and once more below for those that `import()` could smuggle in.
 */

const core = [
  'main/storage',
  'main/settings',
  'main/transport',
  'main/transfer',
  'main/archives',
  'main/parser-host',
  'main/families',
  'main/vault',
  'main/catalog',
  'main/browsing',
  'main/backup',
  'main/restore',
  'main/procedures',
  'main/jobs',
  'main/devices',
  'main/activity',
  'main/printing',
  'main/keys',
]
/** What the use cases work with; compose hands them the instances, they know the types. */
const hands = [
  'main/storage',
  'main/transfer',
  'main/archives',
  'main/parser-host',
  'main/families',
  'main/vault',
  'main/catalog',
  'main/jobs',
  'main/devices',
  'main/activity',
  'shared',
]
const compose = 'main/compose.ts'
const index = 'main/index.ts'

/** @type {Readonly<Record<string, readonly string[]>>} */
const arrows = {
  shared: [],
  'main/storage': ['shared'],
  'main/settings': ['main/storage', 'shared'],
  'main/transport': ['shared'],
  'main/transfer': ['main/transport', 'shared'],
  'main/archives': ['shared'],
  // The readers only, which open no line: see `parser-opens-no-line`.
  'main/parser-host': ['main/archives', 'main/families', 'shared'],
  'main/families': ['main/transport', 'main/transfer', 'main/archives', 'shared'],
  'main/vault': ['main/storage', 'shared'],
  'main/catalog': ['main/vault', 'main/storage', 'shared'],
  'main/browsing': [
    'main/activity',
    'main/transfer',
    'main/archives',
    'main/parser-host',
    'main/vault',
    'main/catalog',
    'main/storage',
    'shared',
  ],
  'main/backup': hands,
  'main/restore': ['main/backup', 'main/browsing', 'main/procedures', ...hands],
  'main/procedures': ['main/storage', 'shared'],
  'main/jobs': ['main/storage', 'shared'],
  'main/devices': ['main/transport', 'main/storage', 'shared'],
  'main/activity': ['main/storage', 'shared'],
  'main/printing': ['shared'],
  'main/keys': ['main/vault', 'main/devices', 'main/activity', 'main/printing', 'shared'],
  [compose]: [...core, 'practice', 'shared'],
  'main/secrets': [...core, 'shared'],
  'main/app': [...core, 'main/ipc', 'main/secrets', 'shared'],
  'main/ipc': [...core, 'main/app', 'main/secrets', 'shared'],
  [index]: [compose, ...core, 'main/app', 'main/ipc', 'main/secrets', 'shared'],
  preload: ['shared'],
  renderer: ['shared'],
  practice: ['shared'],
  cli: [compose, ...core, 'practice', 'shared'],
}

/** @param {string} module */
const within = (module) => `^src/${module.replaceAll('.', '\\.')}${module.endsWith('.ts') ? '$' : '/'}`

const sockets = '^(node:)?(net|tls|http|https|http2|dgram|dns|dns/promises)$'

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Two files that need each other are one subject or three.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'nothing-unresolved',
      comment: 'Every import leads somewhere.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '\\?(modulePath|url|raw|asset|worker)' },
    },
    {
      name: 'electron-in-shell-and-preload-only',
      comment: 'The core is the product and runs under plain Node.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(main/(index\\.ts$|(app|ipc|secrets)/)|preload/)' },
      to: { path: '^electron$|/node_modules/electron/|^node_modules/electron/' },
    },
    {
      name: 'sockets-in-transport-only',
      comment: 'One folder opens connections; the simulated devices accept them.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(main/transport|practice)/' },
      to: { path: sockets, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'ssh-in-transport-only',
      comment: 'The one factory with the mandatory host key check.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(main/transport/ssh|practice/)' },
      to: { path: 'node_modules/ssh2/' },
    },
    {
      name: 'parser-opens-no-line',
      comment: 'Where hostile bytes are parsed there is no way to a device, the vault or the disk.',
      severity: 'error',
      from: { path: '^src/main/parser-host/parser-process\\.ts$' },
      to: {
        path: '^src/main/(transport|transfer|vault|storage|catalog|devices|restore|backup|secrets|app|ipc)/',
        reachable: true,
      },
    },
    {
      name: 'no-node-outside-node',
      comment: 'shared, preload and renderer run without Node.',
      severity: 'error',
      from: { path: '^src/(shared|preload|renderer)/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'features-are-apart',
      comment: 'A feature that needs another one needs something of src/renderer/ui or a store above both.',
      severity: 'error',
      from: { path: '^src/renderer/features/([^/]+)/' },
      to: { path: '^src/renderer/features/', pathNot: '^src/renderer/features/$1/' },
    },
    {
      name: 'ui-knows-no-feature',
      comment: 'The design system: props in, events out.',
      severity: 'error',
      from: { path: '^src/renderer/ui/' },
      to: { path: '^src/renderer/features/' },
    },
  ],
  allowed: [
    { from: {}, to: { pathNot: '^src/' } },
    ...Object.entries(arrows).map(([module, targets]) => ({
      from: { path: within(module) },
      to: { path: [module, ...targets].map(within) },
    })),
    // The handlers are typed by what compose builds; the instance is handed to them.
    { from: { path: '^src/main/(app|ipc)/' }, to: { path: within(compose), dependencyTypes: ['type-only'] } },
  ],
  allowedSeverity: 'error',
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
    },
  },
}
