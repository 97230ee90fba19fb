import { ESLint } from 'eslint'
import { join } from 'node:path'
import tseslint from 'typescript-eslint'
import { beforeAll, expect, test } from 'vitest'

const root = join(import.meta.dirname, '../..')

/** The project's own rules without those that need types: the snippets below are no files of any project. */
const linter = new ESLint({
  cwd: root,
  overrideConfig: {
    ...tseslint.configs.disableTypeChecked,
    files: ['src/**'],
    languageOptions: { parserOptions: { projectService: false, project: false, program: null } },
  },
})

async function ruleNames(file: string, code: string): Promise<readonly string[]> {
  const [result] = await linter.lintText(code, { filePath: join(root, file) })
  const named = ['no-restricted-imports', 'no-restricted-syntax', 'no-restricted-globals', 'max-lines']
  const evals = ['no-eval', 'no-new-func', 'no-console']
  const names = (result?.messages ?? []).map(({ ruleId, message }) => ruleId ?? message)
  return [...new Set(names)].filter((name) => [...named, ...evals].includes(name) || name.includes('rror'))
}

// The first call loads the configuration and every plug-in.
beforeAll(() => ruleNames('src/shared/a.ts', 'export const a = 1'), 60_000)

const syntax = 'no-restricted-syntax'
const imports = 'no-restricted-imports'

test.each([
  ['H01', 'src/main/app/menu.ts', `new BrowserWindow({})`, syntax],
  ['H01', 'src/main/app/menu.ts', `new electron.WebContentsView({})`, syntax],
  ['H02', 'src/main/app/window.ts', `f({ nodeIntegration: true })`, syntax],
  ['H03', 'src/main/app/window.ts', `f({ sandbox: false })`, syntax],
  ['H03', 'src/main/app/window.ts', `f({ enableBlinkFeatures: 'X' })`, syntax],
  ['H05', 'src/main/app/start.ts', `app.commandLine.appendSwitch('no-sandbox')`, syntax],
  ['H06', 'src/main/app/window.ts', `window.loadFile('index.html')`, syntax],
  ['H06', 'src/main/app/window.ts', `window.loadURL('http://127.0.0.1')`, syntax],
  ['H07', 'src/main/app/scheme.ts', `f({ bypassCSP: true })`, syntax],
  ['H13', 'src/renderer/a.ts', `node.innerHTML = text`, syntax],
  ['H13', 'src/renderer/a.ts', `node['outerHTML'] = text`, syntax],
  ['H13', 'src/renderer/a.ts', `node.insertAdjacentHTML('beforeend', text)`, syntax],
  ['H13', 'src/renderer/a.tsx', `f(<p dangerouslySetInnerHTML={{ __html: text }} />)`, syntax],
  ['H13', 'src/renderer/a.ts', `document.write(text)`, syntax],
  ['H13', 'src/renderer/a.ts', `eval(text)`, 'no-eval'],
  ['H13', 'src/renderer/a.ts', `new Function(text)`, 'no-new-func'],
  ['H13', 'src/renderer/a.ts', `setTimeout('act()', 1)`, syntax],
  ['H19', 'src/main/app/menu.ts', `shell.openExternal(url)`, syntax],
  ['H20', 'src/main/ipc/a.ts', `shell.openPath(path)`, syntax],
  ['H21', 'src/renderer/a.ts', `import { app } from '@electron/remote'`, imports],
  ['H23', 'src/preload/index.ts', `import { readFile } from 'node:fs'`, imports],
  ['H24', 'src/main/app/menu.ts', `ipcMain.handle('a', f)`, syntax],
  ['H31', 'src/main/secrets/a.ts', `safeStorage.setUsePlainTextEncryption(true)`, syntax],
  ['H34', 'src/main/app/session.ts', `session.setCertificateVerifyProc(f)`, syntax],
  ['H35', 'src/main/families/a/client.ts', `f({ rejectUnauthorized: false })`, syntax],
  ['H35', 'src/main/families/a/client.ts', `import { request } from 'node:https'`, imports],
  ['H35', 'src/main/families/a/client.ts', `import { connect } from 'tls'`, imports],
  ['H35', 'src/main/families/a/client.ts', `fetch(url)`, 'no-restricted-globals'],
  ['H36', 'src/main/families/a/client.ts', `import { Client } from 'ssh2'`, imports],
  ['H36', 'src/main/transport/https.ts', `import { Client } from 'ssh2'`, imports],
  ['H36', 'src/main/transport/ssh.ts', `f({ agentForward: true })`, syntax],
  ['H38', 'src/main/app/start.ts', `app.setAsDefaultProtocolClient('ferrite')`, syntax],
  ['H39', 'src/main/app/window.ts', `window.webContents.openDevTools()`, syntax],
  ['H49', 'src/main/index.ts', `crashReporter.start({})`, syntax],
  ['H50', 'src/main/app/session.ts', `session.fromPartition('persist:main')`, syntax],
  ['unzipper', 'src/main/vault/a.ts', `import unzipper from 'unzipper'`, imports],
  ['unzipper', 'src/main/archives/a.ts', `import { Extract } from 'unzipper'`, imports],
  ['unzipper', 'src/main/archives/a.ts', `unzipper.Extract({ path })`, syntax],
  ['unzipper', 'src/main/archives/a.ts', `directory.extract({ path })`, syntax],
  ['rings', 'src/main/vault/a.ts', `import { app } from 'electron'`, imports],
  ['rings', 'src/cli/a.ts', `import { app } from 'electron'`, imports],
  ['rings', 'src/shared/a.ts', `import { readFile } from 'node:fs'`, imports],
  ['rings', 'src/shared/a.ts', `import { join } from 'path'`, imports],
  ['rings', 'src/renderer/a.ts', `import { readFile } from 'node:fs'`, imports],
  ['rings', 'src/renderer/a.ts', `import { Vault } from '../main/vault/vault.ts'`, imports],
  ['rings', 'src/renderer/a.ts', `process.exit()`, 'no-restricted-globals'],
  ['rings', 'src/practice/a.ts', `import { Vault } from '../main/vault/vault.ts'`, imports],
  ['style', 'src/shared/a.ts', `export default 1`, syntax],
])('%s: in %s, %s is an error', async (_id, file, code, rule) => {
  expect(await ruleNames(file, code)).toContain(rule)
})

test.each([
  [
    'src/main/app/window.ts',
    `export const window = new BrowserWindow({ webPreferences: { sandbox: true } })`,
  ],
  ['src/main/app/start.ts', `if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox()`],
  ['src/main/ipc/handlers/help.ts', `function openHelp() { void shell.openExternal(address) }`],
  ['src/main/ipc/serve.ts', `ipcMain.handle('a', f)`],
  [
    'src/main/transport/ssh.ts',
    `import { Client } from 'ssh2'\nimport { connect } from 'node:net'\nf(Client, connect)`,
  ],
  [
    'src/main/transport/https.ts',
    `import { connect } from 'node:tls'\nconnect({ rejectUnauthorized: false })`,
  ],
  ['src/main/vault/a.ts', `import type { Socket } from 'node:net'\nexport type A = Socket`],
  [
    'src/practice/a.ts',
    `import { Server } from 'ssh2'\nimport { createServer } from 'node:net'\nf(Server, createServer)`,
  ],
])('in its own place, %s, the same is allowed', async (file, code) => {
  expect(await ruleNames(file, code)).toEqual([])
})
