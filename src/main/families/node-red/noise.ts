import { lastMember, type NoiseFilter } from '../../archives/noise.ts'

/** Where the editor draws a node or a group, and how large; no flow runs otherwise for it (Node-RED, message and node model). */
const canvasMembers: ReadonlySet<string> = new Set(['x', 'y', 'w', 'h'])

/**
 * What is noise in the documents with flows among these entries: places on the canvas, the order in which nodes are
 * listed, and the revision, which is another one with every deployment.
 */
export function flowNoise(holdsFlows: (path: string) => boolean): readonly NoiseFilter[] {
  return [
    {
      kind: 'value',
      code: 'canvas-position',
      in: holdsFlows,
      isNoise: ({ steps }) => {
        const node = steps.at(-2)
        return canvasMembers.has(lastMember(steps) ?? '') && node?.kind === 'item' && node.by === 'id'
      },
    },
    {
      kind: 'value',
      code: 'node-order',
      in: holdsFlows,
      isNoise: ({ steps, change }) =>
        change === 'reordered' &&
        (steps.length === 0 || (steps.length === 1 && lastMember(steps) === 'flows')),
    },
    {
      kind: 'value',
      code: 'flow-revision',
      in: holdsFlows,
      isNoise: ({ steps }) => steps.length === 1 && lastMember(steps) === 'rev',
    },
  ]
}

export const noise = flowNoise(() => true)
