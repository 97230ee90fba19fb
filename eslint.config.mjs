import { builtinModules } from 'node:module'
import js from '@eslint/js'
import { defineConfig } from 'eslint/config'
import reactHooks from 'eslint-plugin-react-hooks'
import globals from 'globals'
import tseslint from 'typescript-eslint'

/**
 * The rings of docs/architecture.md as lint rules, and the hardening rules that can be seen in the source.
 *
 * `no-restricted-imports` and `no-restricted-syntax` do not add up across config blocks (the last block that
 * matches a file wins), so the lists are put together per ring by the functions below.
 */

const shell = ['src/main/index.ts', 'src/main/app/**', 'src/main/ipc/**', 'src/main/secrets/**']
const sockets = ['net', 'tls', 'http', 'https', 'http2', 'dgram', 'dns', 'dns/promises']
const nodeBuiltins = builtinModules.filter((name) => !name.startsWith('_'))

/** @param {readonly string[]} names */
const anyOf = (names) => names.map((name) => name.replaceAll('/', '\\/')).join('|')

const noNode = {
  regex: `^(node:.+|(${anyOf(nodeBuiltins)}))$`,
  message: 'This ring runs without Node.',
}
const noElectron = { regex: '^electron(/.*)?$', message: 'Electron belongs to the shell and the preload.' }
const noRemote = {
  regex: '^@electron/remote(/.*)?$',
  message: 'Never: it hands the main process to the page.',
}
const noSockets = {
  regex: `^(node:)?(${anyOf(sockets)})$`,
  message: 'Only src/main/transport opens sockets.',
  allowTypeImports: true,
}
const noSsh = { regex: '^ssh2(/.*)?$', message: 'Only src/main/transport/ssh*.ts speaks SSH.' }
const noUnzipper = { regex: '^unzipper(/.*)?$', message: 'Only src/main/archives opens archives.' }
const noExtraction = {
  regex: '^unzipper$',
  importNames: ['Extract'],
  message: 'It lets an archive choose paths.',
}
const noReact = { regex: '^react(-dom)?(/.*)?$', message: 'React belongs to the renderer.' }
/** @param {readonly string[]} rings */
const noRings = (rings) => ({
  regex: `^(\\.{1,2}/)+(src/)?(${rings.join('|')})/`,
  message: 'This arrow is not in docs/architecture.md.',
})

/** @param {readonly object[]} patterns @returns {import('eslint').Linter.RulesRecord} */
const imports = (...patterns) => ({
  'no-restricted-imports': ['error', { patterns: [noRemote, ...patterns] }],
})

/** @typedef {{ readonly selector: string, readonly message: string }} Ban */

/** @param {string} names @param {string} message @returns {readonly Ban[]} */
const name = (names, message) => [
  { selector: `Identifier[name=/^(${names})$/]`, message },
  { selector: `JSXIdentifier[name=/^(${names})$/]`, message },
  { selector: `MemberExpression > Literal[value=/^(${names})$/]`, message },
]

/** Rules of language and of hardening that hold in all of src. Numbers are those of the hardening list. */
const everywhere = [
  { selector: 'ExportDefaultDeclaration', message: 'Exports have names.' },
  { selector: 'ExportSpecifier[exported.name="default"]', message: 'Exports have names.' },
  { selector: 'TSEnumDeclaration', message: 'A union of literals says the same without run-time code.' },
  ...name(
    'innerHTML|outerHTML|insertAdjacentHTML|dangerouslySetInnerHTML|createContextualFragment|srcdoc|srcDoc',
    'Text is shown as text, never parsed as HTML (H13).',
  ),
  {
    selector: 'MemberExpression[object.name="document"][property.name=/^(write|writeln)$/]',
    message: 'Text is shown as text, never parsed as HTML (H13).',
  },
  ...name('setUsePlainTextEncryption', 'A secret is never stored in plain text (H31).'),
  ...name('openPath', 'Nothing from an archive is ever opened by the operating system (H20).'),
  ...name('setAsDefaultProtocolClient', 'No deep links (H38).'),
  ...name('openDevTools', 'The developer tools are not opened by code (H39).'),
  ...name('crashReporter', 'Crash dumps hold secrets (H49).'),
  ...name('setCertificateVerifyProc', 'The window talks to no server (H34).'),
  ...name('executeJavaScript', 'The page is told by messages, not by code.'),
  ...name('agentForward', 'Credentials of one device are never offered to another (H36).'),
  ...name('loadFile', 'Only app:// is loaded (H06).'),
  {
    selector: 'CallExpression[callee.property.name="loadURL"] > Literal[value=/^(http:|file:)/]',
    message: 'Only app:// is loaded (H06).',
  },
  {
    selector:
      'CallExpression[callee.name=/^(setTimeout|setInterval)$/] > :matches(Literal, TemplateLiteral):first-child',
    message: 'A timer is given a function, not text to be run (H13).',
  },
  {
    selector: [
      'CallExpression[callee.property.name="appendSwitch"]',
      'Literal[value=/no-sandbox|disable-web-security|ignore-certificate-errors|allow-running-insecure/]',
    ].join(' > '),
    message: 'A switch that weakens the browser is never set (H05).',
  },
  {
    selector:
      'Property[key.name=/^(nodeIntegration|nodeIntegrationInWorker|nodeIntegrationInSubFrames|webviewTag|allowRunningInsecureContent|experimentalFeatures|navigateOnDragDrop|bypassCSP|allowServiceWorkers)$/][value.value=true]',
    message: 'Stays off (H02, H03, H07).',
  },
  {
    selector: 'Property[key.name=/^(contextIsolation|sandbox|webSecurity)$/][value.value=false]',
    message: 'Stays on (H03).',
  },
  { selector: 'Property[key.name="enableBlinkFeatures"]', message: 'Stays away (H03).' },
  { selector: 'Literal[value=/^persist:/]', message: 'The session lives in memory only (H50).' },
]

const oneWindowFactory = [
  {
    selector:
      'NewExpression[callee.name=/^(BrowserWindow|BaseWindow|WebContentsView|BrowserView)$/], NewExpression[callee.property.name=/^(BrowserWindow|BaseWindow|WebContentsView|BrowserView)$/]',
    message: 'src/main/app/window.ts makes every window (H01).',
  },
]
const oneIpcDoor = name('ipcMain', 'src/main/ipc is the one door (H24).')
const oneWayOut = [
  {
    selector: 'Identifier[name="openExternal"]:not(FunctionDeclaration[id.name=/^open[A-Z]/] *)',
    message: 'Addresses are opened by a function open… of its own, which knows every address by name (H19).',
  },
]
const verifiedTls = [
  {
    selector: 'Property[key.name="rejectUnauthorized"][value.value=false]',
    message: 'Only src/main/transport may replace the check of certificates, by its own (H35).',
  },
]
const noUnzipperExtract = [
  {
    selector:
      'MemberExpression[property.name="Extract"], CallExpression[callee.property.name="extract"][callee.object.name!=/^tar/]',
    message: 'unzipper extracts to names the archive chose; use the guarded extraction.',
  },
]

/** @param {...(readonly Ban[])} bans @returns {import('eslint').Linter.RulesRecord} */
const syntax = (...bans) => ({ 'no-restricted-syntax': ['error', ...everywhere, ...bans.flat()] })
const common = [oneWindowFactory, oneIpcDoor, oneWayOut, verifiedTls]

/** @param {readonly string[]} names @param {string} message @returns {import('eslint').Linter.RulesRecord} */
const noGlobals = (names, message) => ({
  'no-restricted-globals': ['error', ...names.map((each) => ({ name: each, message }))],
})
const webClients = ['fetch', 'XMLHttpRequest', 'WebSocket', 'EventSource']
const noWebClients = noGlobals(webClients, 'Only src/main/transport talks to the network.')

export default defineConfig(
  {
    ignores: [
      '**/node_modules/',
      'out/',
      'release/',
      'release-e2e/',
      '.cache/',
      '.demo/',
      'coverage/',
      'test-results/',
      'playwright-report/',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  {
    files: ['src/**/*.{ts,tsx}', 'test/**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      eqeqeq: 'error',
      'no-eval': 'error',
      'no-new-func': 'error',
      // Names from archives and devices hold them, and the checks name them.
      'no-control-regex': 'off',
      'no-param-reassign': 'error',
      'no-var': 'error',
      'object-shorthand': 'error',
      'prefer-const': 'error',
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { fixStyle: 'separate-type-imports', disallowTypeAnnotations: false },
      ],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      '@typescript-eslint/parameter-properties': 'error',
      // An async function answers with a promise even when it has nothing to wait for: callers get
      // rejections, never a throw on the spot.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
    },
  },
  {
    files: ['src/**/*.{ts,tsx}'],
    rules: {
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      'no-console': 'error',
    },
  },
  {
    files: ['src/shared/**'],
    rules: {
      ...imports(
        noNode,
        noElectron,
        noReact,
        noSsh,
        noUnzipper,
        noRings(['main', 'preload', 'renderer', 'cli', 'practice']),
      ),
      ...syntax(...common),
    },
  },
  {
    files: ['src/main/**'],
    ignores: shell,
    rules: {
      ...imports(noElectron, noReact, noSockets, noSsh, noUnzipper, noRings(['preload', 'renderer', 'cli'])),
      ...syntax(...common),
      ...noWebClients,
    },
  },
  {
    files: ['src/main/transport/**'],
    rules: {
      ...imports(noElectron, noReact, noSsh, noUnzipper, noRings(['preload', 'renderer', 'cli', 'practice'])),
      ...syntax(oneWindowFactory, oneIpcDoor, oneWayOut),
      'no-restricted-globals': 'off',
    },
  },
  {
    files: ['src/main/transport/ssh*.ts'],
    rules: imports(noElectron, noReact, noUnzipper, noRings(['preload', 'renderer', 'cli', 'practice'])),
  },
  {
    files: ['src/main/archives/**'],
    rules: {
      ...imports(
        noElectron,
        noReact,
        noSockets,
        noSsh,
        noExtraction,
        noRings(['preload', 'renderer', 'cli', 'practice']),
      ),
      ...syntax(...common, noUnzipperExtract),
    },
  },
  {
    files: shell,
    rules: {
      ...imports(noReact, noSockets, noSsh, noUnzipper, noRings(['preload', 'renderer', 'cli'])),
      ...syntax(...common),
      ...noWebClients,
    },
  },
  {
    files: ['src/main/app/window.ts'],
    rules: syntax(oneIpcDoor, oneWayOut, verifiedTls),
  },
  {
    files: ['src/main/ipc/**'],
    rules: syntax(oneWindowFactory, oneWayOut, verifiedTls),
  },
  {
    files: ['src/preload/**'],
    rules: {
      ...imports(noNode, noReact, noSsh, noUnzipper, noRings(['main', 'renderer', 'cli', 'practice'])),
      ...syntax(...common),
    },
  },
  {
    files: ['src/renderer/**/*.{ts,tsx}'],
    extends: [reactHooks.configs.flat.recommended],
    rules: {
      ...imports(noNode, noElectron, noSsh, noUnzipper, noRings(['main', 'preload', 'cli', 'practice'])),
      ...syntax(...common),
      ...noGlobals(
        [...webClients, 'process', 'Buffer', 'require', 'global', '__dirname', '__filename', 'localStorage'],
        'The renderer asks src/renderer/api.ts.',
      ),
      'react-hooks/exhaustive-deps': 'error',
    },
  },
  {
    files: ['src/cli/**'],
    rules: {
      ...imports(noElectron, noReact, noSockets, noSsh, noUnzipper, noRings(['preload', 'renderer'])),
      ...syntax(...common),
      ...noWebClients,
      'no-console': 'off',
    },
  },
  {
    files: ['src/practice/**'],
    rules: {
      ...imports(noElectron, noReact, noUnzipper, noRings(['main', 'preload', 'renderer', 'cli'])),
      ...syntax(...common),
    },
  },
  {
    files: ['test/**/*.{ts,tsx}'],
    rules: {
      ...imports(),
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportDefaultDeclaration', message: 'Exports have names.' },
      ],
      // Tests look into answers that are unknown on purpose, and fail loudly when these are not as expected.
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  {
    files: ['scripts/**/*.mjs', '*.config.{mjs,ts}'],
    languageOptions: { globals: globals.node, parser: tseslint.parser },
    rules: { eqeqeq: 'error', 'no-var': 'error', 'prefer-const': 'error' },
  },
)
