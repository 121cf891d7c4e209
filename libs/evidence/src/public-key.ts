import { base64, concatBytes, fromBase64, fromHex, sameBytes } from './encoding.ts';

/** What precedes the 32 key bytes in the DER of an Ed25519 public key (RFC 8410). */
const SPKI = fromHex('302a300506032b6570032100');
const PEM = /^-----BEGIN PUBLIC KEY-----\n([A-Za-z0-9+/=]+)\n-----END PUBLIC KEY-----$/;

/** A raw Ed25519 public key as the PEM that OpenSSL reads. */
export const publicKeyPem = (publicKey: Uint8Array): string =>
  `-----BEGIN PUBLIC KEY-----\n${base64(concatBytes(SPKI, publicKey))}\n-----END PUBLIC KEY-----\n`;

/** The raw key of an Ed25519 public-key PEM, or null when it is something else. */
export function parsePublicKeyPem(pem: string): Uint8Array | null {
  const body = PEM.exec(pem.replaceAll('\r\n', '\n').trim());
  const der = body && fromBase64(body[1]!);
  if (der?.length !== SPKI.length + 32) return null;
  return sameBytes(der.subarray(0, SPKI.length), SPKI) ? der.subarray(SPKI.length) : null;
}
