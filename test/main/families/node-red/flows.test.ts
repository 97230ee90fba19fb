import { describe, expect, test } from 'vitest'
import {
  areSameFlows,
  flowDifferences,
  flowsAfter,
  parseFlows,
  parseFlowsBytes,
  removalsFrom,
  typesIn,
  type FlowNode,
} from '../../../../src/main/families/node-red/flows.ts'

const tab: FlowNode = { id: 't', type: 'tab', label: 'Line' }
const node: FlowNode = { id: 'n', type: 'inject', z: 't', wires: [['x']], props: { a: 1, b: 2 } }

describe('flows', () => {
  test('are read from both versions of the answer, and from nothing else', () => {
    expect(parseFlows({ flows: [tab], rev: 'r' })).toEqual({ flows: [tab], rev: 'r' })
    expect(parseFlows([tab])).toEqual({ flows: [tab], rev: undefined })
    for (const other of [
      {},
      { flows: {} },
      { flows: [{ id: 't' }] },
      [null],
      'text',
      null,
      { error: 'no' },
    ]) {
      expect(parseFlows(other)).toBeUndefined()
    }
    expect(parseFlowsBytes(Buffer.from('[{"id":"a"'))).toBeUndefined()
    expect(parseFlowsBytes(Buffer.from([0x5b, 0xff, 0x5d]))).toBeUndefined()
  })

  test('use the types of their nodes, but for what Node-RED has without a module', () => {
    const flows = [tab, node, { id: 's', type: 'subflow' }, { id: 'i', type: 'subflow:s' }]
    expect(typesIn([...flows, { id: 'g', type: 'group' }, { ...node, id: 'm', d: true }])).toEqual(['inject'])
  })

  test('mean the same in any order of nodes and settings', () => {
    const other = { wires: [['x']], z: 't', type: 'inject', props: { b: 2, a: 1 }, id: 'n' }
    expect(areSameFlows([tab, node], [other, tab])).toBe(true)
    expect(areSameFlows([tab, node], [tab, { ...node, credentials: { user: 'u' } }])).toBe(true)
    expect(areSameFlows([tab, node], [tab, { ...node, wires: [['y']] }])).toBe(false)
    expect(areSameFlows([tab, tab], [tab])).toBe(false)
  })

  test('differ node by node, with both sides where they part', () => {
    const found = flowDifferences(
      [tab, node],
      [
        { ...node, z: 'u' },
        { ...tab, id: 'v' },
      ],
      'differ',
    )
    expect(found.map(({ what }) => what)).toEqual(['tab t', 'inject n', 'tab v'])
    expect(found[1]).toMatchObject({
      expected: expect.stringContaining('"t"') as string,
      actual: expect.stringContaining('"u"') as string,
    })
    expect(flowDifferences([tab], [tab, node], 'do-not-matter')).toEqual([])
  })
})

describe('after a restore', () => {
  const own: FlowNode = { id: 'o', type: 'tab', label: 'Own' }

  test('a replace leaves the archive alone, a merge keeps what it does not hold', () => {
    const target = [own, { ...node, z: 'o' }]
    expect(flowsAfter([tab, node], target, 'replace')).toEqual([tab, node])
    expect(flowsAfter([tab, node], target, 'merge')).toEqual([tab, node, own])
  })

  test('there is one global configuration', () => {
    const [theirs, ours] = ['a', 'b'].map((id) => ({ id, type: 'global-config' }))
    expect(flowsAfter([theirs!], [ours!, own], 'merge')).toEqual([theirs, own])
    expect(removalsFrom([ours!, own], [theirs!, own])).toEqual([{ kind: 'node', what: 'global-config b' }])
  })

  test('what goes is named, tabs first', () => {
    expect(removalsFrom([node, tab, own], [tab])).toEqual([
      { kind: 'flow', what: 'Own' },
      { kind: 'node', what: 'inject n' },
    ])
  })
})
