import { expect, test } from 'vitest'
import { fuseProblems, readFuses, shippedFuses } from '../app/package/fuse-wire.ts'

const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'

function binaryWith(states: string, { layout = 1 } = {}): Buffer {
  const wire = Buffer.concat([Buffer.from(sentinel), Buffer.of(layout, states.length), Buffer.from(states)])
  return Buffer.concat([Buffer.alloc(1000, 7), wire, Buffer.alloc(1000, 9)])
}

test('the agreed nine fuses pass', () => {
  expect(fuseProblems(readFuses(binaryWith('010011001')), shippedFuses)).toEqual([])
})

test('an older Electron with eight fuses passes', () => {
  expect(fuseProblems(readFuses(binaryWith('01001100')), shippedFuses)).toEqual([])
})

test.each(Array.from('01001100').map((state, index) => [index, state] as const))(
  'fuse %i turned from %s is named',
  (index, state) => {
    const states = Array.from('010011001')
    states[index] = state === '0' ? '1' : '0'
    expect(fuseProblems(readFuses(binaryWith(states.join(''))), shippedFuses)).toHaveLength(1)
  },
)

test('a fuse that is missing is named', () => {
  expect(fuseProblems(readFuses(binaryWith('0100110')), shippedFuses)).toEqual([
    'GrantFileProtocolExtraPrivileges is missing, not false',
  ])
})

test('a tenth fuse is refused until somebody has thought about it', () => {
  expect(() => readFuses(binaryWith('0100110010'))).toThrow('fuse 10 is not known')
})

test('a removed fuse is refused', () => {
  expect(() => readFuses(binaryWith('01r011001'))).toThrow('EnableNodeOptionsEnvironmentVariable')
})

test('another layout is refused', () => {
  expect(() => readFuses(binaryWith('010011001', { layout: 2 }))).toThrow('layout 2')
})

test('a binary without fuses, or with two opinions about them, is refused', () => {
  expect(() => readFuses(Buffer.alloc(100))).toThrow('no fuse wire')
  const both = Buffer.concat([binaryWith('010011001'), binaryWith('110011001')])
  expect(() => readFuses(both)).toThrow('different fuse wires')
})
