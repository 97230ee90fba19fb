import type { Answer } from '../../ctrlx-core/answer.ts'
import type { Appliance } from '../appliance.ts'
import { html } from './html.ts'
import { consolePage, document, paths, shownVersion } from './layout.ts'

export const wrongLogin = 'Wrong username or password.'

export function loginPage(message = ''): Answer {
  return document(
    'Login',
    html`<h1>Endpoint Protector</h1>
      <p class="error">${message}</p>
      <form method="post" action="${paths.login}">
        <label>Username <input name="username" autocomplete="username" /></label>
        <label>Password <input name="password" type="password" autocomplete="current-password" /></label>
        <button>Login</button>
      </form>`,
  )
}

export function dashboardPage(appliance: Appliance): Answer {
  const { content, lastSeen } = appliance.state
  const { computers, devices, groups } = content.entities
  return consolePage(
    appliance,
    'Dashboard',
    html`<p>Computers: ${computers.length}, seen: ${Object.keys(lastSeen).length}</p>
      <p>Devices: ${devices.length}</p>
      <p>Groups: ${groups.length}</p>
      <p>Users: ${content.users.map(({ name }) => name).join(', ')}</p>
      <p>Policies: ${content.policies.map(({ name }) => name).join(', ')}</p>`,
  )
}

export function computersPage(appliance: Appliance): Answer {
  const { content, lastSeen } = appliance.state
  const rows = content.entities.computers.map(
    ({ name, clientVersion }) =>
      html`<tr>
        <td>${name}</td>
        <td>${clientVersion}</td>
        <td>${lastSeen[name] ?? 'never'}</td>
      </tr>`,
  )
  return consolePage(
    appliance,
    'Computers',
    html`<table>
      <tr>
        <th>Computer</th>
        <th>Client version</th>
        <th>Last Seen</th>
      </tr>
      ${rows}
    </table>`,
  )
}

export function serverInformationPage(appliance: Appliance): Answer {
  const { disk } = appliance.state
  const percent = Math.floor((100 * disk.freeBytes) / disk.totalBytes)
  const rows = [
    ['Server version', shownVersion(appliance)],
    ['IP address', appliance.host],
    ['Disk size', `${disk.totalBytes} bytes`],
    ['Disk free', `${disk.freeBytes} bytes (${percent} %)`],
  ].map(
    ([name = '', value = '']) =>
      html`<tr>
        <th>${name}</th>
        <td>${value}</td>
      </tr>`,
  )
  return consolePage(
    appliance,
    'Server Information',
    html`<table>
      ${rows}
    </table>`,
  )
}

export function settingsPage(appliance: Appliance): Answer {
  const { clientCommunication, content } = appliance.state
  const [word, next] = clientCommunication ? ['enabled', 'disabled'] : ['disabled', 'enabled']
  const settings = Object.entries(content.settings).map(([name, value]) => html`<li>${name}: ${value}</li>`)
  const integrations = content.integrations.map(
    ({ name, server, hasSecret }) =>
      html`<li>${name}: ${server}, password ${hasSecret ? 'set' : 'missing'}</li>`,
  )
  return consolePage(
    appliance,
    'System Settings',
    html`<p>Client communication: ${word}</p>
      <form method="post" action="${paths.settings}">
        <button name="client_communication" value="${next}">Save as ${next}</button>
      </form>
      <ul>
        ${settings}
      </ul>
      <ul>
        ${integrations}
      </ul>`,
  )
}

export function licensingPage(appliance: Appliance): Answer {
  const { kind, hasPhpEls } = appliance.state.licence
  const names = { none: 'No licence', trial: 'Free trial', full: 'Licensed' }
  return consolePage(
    appliance,
    'System Licensing',
    html`<p>Licence: ${names[kind]}</p>
      <p>ELS for PHP = ${hasPhpEls ? 'Active' : 'Inactive'}</p>
      <form method="post" action="${paths.licensing}">
        <button name="trial" value="yes">Activate free trial</button>
      </form>
      <form method="post" action="${paths.licensing}">
        <textarea name="licence"></textarea><button>Import licence</button>
      </form>`,
  )
}
