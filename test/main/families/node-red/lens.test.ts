import { expect, test } from 'vitest'
import { lenses } from '../../../../src/main/families/node-red/lens.ts'
import { secretIn } from '../../../../src/main/families/lens-table.ts'
import { answerOf, opened, pairsOf, quiet, rowsOf } from '../lens-archives.ts'

const canary = 'canary-77aa'
const flows = [
  {
    id: 't1',
    type: 'tab',
    label: 'Line 3',
    info: 'Filling',
    env: [
      { name: 'LINE', type: 'str', value: '3' },
      { name: 'KEY', type: 'cred', value: `${canary}-env` },
      { name: 'DB_PASSWORD', type: 'str', value: `${canary}-word` },
    ],
  },
  { id: 't2', type: 'tab', label: 'Old', disabled: true },
  { id: 's1', type: 'subflow', name: 'Scale' },
  { id: 'a', type: 'inject', z: 't1', x: 1, y: 1 },
  { id: 'b', type: 'subflow:s1', z: 't1', x: 1, y: 1, d: true },
  { id: 'c', type: 'function', z: 's1', x: 1, y: 1 },
  { id: 'd', type: 'mqtt in', z: 't2', x: 1, y: 1, broker: 'm' },
  { id: 'm', type: 'mqtt-broker', name: 'Plant', broker: 'mqtt.plant', port: '8883', usetls: true },
  {
    id: 'n',
    type: 'http request',
    z: 't1',
    x: 1,
    y: 1,
    apiKey: `${canary}-api`,
    credentials: { password: `${canary}-pw` },
  },
  null,
  5,
  { id: 7, type: 'tab' },
  { type: 'no id' },
]

async function lensesOf(value: unknown) {
  return await lenses(await opened(Buffer.from(JSON.stringify(value)), 'flows.json'), quiet)
}

test('flows are listed with their nodes, whatever odd things lie beside them', async () => {
  const made = await lensesOf({ flows, rev: 'abc123' })
  expect(pairsOf(made, 'identity')).toEqual({ 'flow-revision': 'abc123' })
  expect(rowsOf(made, 'flows')).toEqual([
    { name: 'Line 3', enabled: true, nodes: 3, disabled: 1, description: 'Filling' },
    { name: 'Old', enabled: false, nodes: 1, disabled: 0 },
  ])
  expect(rowsOf(made, 'subflows')).toEqual([{ name: 'Scale', nodes: 1, instances: 1 }])
  expect(rowsOf(made, 'node-types')).toEqual([
    { type: 'function', count: 1, disabled: 0 },
    { type: 'http request', count: 1, disabled: 0 },
    { type: 'inject', count: 1, disabled: 0 },
    { type: 'mqtt in', count: 1, disabled: 0 },
    { type: 'mqtt-broker', count: 1, disabled: 0 },
  ])
  expect(rowsOf(made, 'configuration-nodes')).toEqual([
    { type: 'mqtt-broker', name: 'Plant', server: 'mqtt.plant', port: '8883' },
  ])
  expect(rowsOf(made, 'left-out').map(({ what }) => what)).toEqual(['credentials', 'installed-nodes'])
})

test('the plain list of older versions is read the same', async () => {
  expect(rowsOf(await lensesOf(flows), 'flows')).toHaveLength(2)
})

test('what looks like a secret is covered until it is asked for', async () => {
  const made = await lensesOf({ flows })
  expect(JSON.stringify(answerOf(made))).not.toContain(canary)
  expect(rowsOf(made, 'stored-secrets').map(({ type, property }) => [type, property])).toEqual([
    ['http request', 'apiKey'],
    ['http request', 'password'],
  ])
  expect(secretIn(made, 'stored-secrets', 1, 3)).toBe(`${canary}-pw`)
  expect(secretIn(made, 'environment', 1, 3)).toBe(`${canary}-env`)
  expect(secretIn(made, 'environment', 2, 3)).toBe(`${canary}-word`)
})

test.each([[{}], [[]], [{ flows: 5 }], [{ flows: { a: 1 } }]])(
  'a document without flows has nothing to show: %j',
  async (value) => {
    expect(await lensesOf(value)).toEqual([])
  },
)
