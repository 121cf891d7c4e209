import { isIP } from 'node:net';
import { isPublicAddress } from './public-address.ts';

/** Longest address that is called. */
const LONGEST = 2000;
/** Names that are never public, however they resolve. */
const LOCAL_NAME = /(^|\.)(localhost|local|internal|intranet|lan|home|corp|arpa|onion)$/;

/** The host of an address without the brackets of IPv6. */
export const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[|\]$/g, '');

/**
 * What is wrong with an address that somebody wants to be called, in words for them; null when it may
 * be tried. Whether its name leads somewhere public is only known when it is called. The origins in
 * `allowed` are the operator's: they may be private and without TLS.
 */
export function urlTrouble(text: string, allowed: ReadonlySet<string>): string | null {
  if (text.length > LONGEST) return `Use an address of at most ${LONGEST} characters.`;
  if (!URL.canParse(text)) return 'Enter a whole address, such as https://hooks.example.org/in.';
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') {
    return 'Leave the user name and password out of the address. Check the signature instead.';
  }
  if (url.hash !== '') return 'Leave out the part after #.';
  if (allowed.has(url.origin)) return null;
  if (url.protocol !== 'https:') return 'Use an address that starts with https://.';
  const host = hostOf(url).replace(/\.$/, '');
  const isPublic =
    isIP(host) === 0 ? host.includes('.') && !LOCAL_NAME.test(host) : isPublicAddress(host);
  if (!isPublic) return 'Use an address that can be reached from the public internet.';
  const port = Number(url.port || 443);
  return port === 443 || port > 1023 ? null : 'Use port 443, or one above 1023.';
}
