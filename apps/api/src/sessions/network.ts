import { isIPv4, isIPv6 } from 'node:net';

/**
 * The network that an address counts as when tries are limited: the address itself for IPv4, the /64
 * for IPv6, in one spelling however it was written. Empty when it is no address.
 */
export function networkOf(address: string | undefined): string {
  const plain = (address ?? '').split('%', 1)[0]!;
  if (isIPv4(plain)) return plain;
  if (!isIPv6(plain)) return '';
  const groups = groupsOf(plain);
  const isMapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
  if (isMapped) return bytesOf(groups.slice(6)).join('.');
  return `${groups
    .slice(0, 4)
    .map((group) => group.toString(16))
    .join(':')}::/64`;
}

const bytesOf = (groups: readonly number[]): number[] =>
  groups.flatMap((group) => [group >> 8, group & 0xff]);

/** The eight groups of an IPv6 address in any spelling. */
function groupsOf(address: string): number[] {
  const [before = '', after] = address.split('::', 2);
  const head = partOf(before);
  if (after === undefined) return head;
  const tail = partOf(after);
  return [...head, ...Array<number>(8 - head.length - tail.length).fill(0), ...tail];
}

const partOf = (text: string): number[] =>
  text === ''
    ? []
    : text.split(':').flatMap((group) => {
        if (!group.includes('.')) return [Number.parseInt(group, 16)];
        const [a = 0, b = 0, c = 0, d = 0] = group.split('.').map(Number);
        return [(a << 8) | b, (c << 8) | d];
      });
