import { openCheckpoint, parseCheckpoint, signCheckpoint } from './checkpoint.ts';
import { base64, fromBase64, fromHex, hex, text, utf8 } from './encoding.ts';
import { leafHash } from './merkle.ts';
import { parsePublicKeyPem, publicKeyPem } from './public-key.ts';
import {
  isSignedBy,
  parseNote,
  publicKeyOf,
  sign,
  signNote,
  verifierKeyText,
} from './signed-note.ts';
import { parseTlogProof, writeTlogProof } from './tlog-proof.ts';

const seed = fromHex('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60');
const publicKey = publicKeyOf(seed);
const checkpoint = {
  origin: 'plumbline.example/northgate-foods/1',
  size: 1038,
  root: leafHash(utf8('x')),
};
const note = signCheckpoint(checkpoint, seed);

describe('encodings', () => {
  it('write and read Base64 of every length, in its one canonical spelling', () => {
    for (let length = 0; length < 40; length += 1) {
      const bytes = Uint8Array.from({ length }, (_, at) => (at * 37) % 256);
      expect(base64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
      expect(hex(fromBase64(base64(bytes))!)).toBe(hex(bytes));
    }
    expect(['QQ', 'QQ=', 'QR==', 'Q===', 'Q Q=', '-_8='].map(fromBase64)).toEqual(
      Array(6).fill(null),
    );
  });

  it('refuse bytes that are not UTF-8', () => {
    expect(() => text(Uint8Array.of(0xc3))).toThrow('not valid for encoding');
  });

  it('carry a public key as the PEM that OpenSSL writes', () => {
    const pem = publicKeyPem(publicKey);
    expect(hex(parsePublicKeyPem(pem)!)).toBe(hex(publicKey));
    expect(hex(parsePublicKeyPem(`\n${pem}\n`)!)).toBe(hex(publicKey));
    expect(pem).toContain('MCowBQYDK2VwAyEA');
    expect(parsePublicKeyPem(pem.replace('MCow', 'MCox'))).toBeNull();
    expect(parsePublicKeyPem('hello')).toBeNull();
  });
});

describe('signed notes', () => {
  it('sign as RFC 8032 does', () => {
    // Its third test vector.
    const key = fromHex('c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7');
    expect(hex(sign(fromHex('af82'), key))).toBe(
      '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a',
    );
  });

  it('read the verifier key and note of the reference implementation (Go, sumdb/note)', () => {
    const verifier = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
    const known = fromBase64(verifier.split('+')[2]!)!.subarray(1);
    expect(verifierKeyText({ name: 'PeterNeumann', publicKey: known })).toBe(verifier);
    const signed = parseNote(
      'If you think cryptography is the answer to your problem,\n' +
        "then you don't know what your problem is.\n\n" +
        '— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n',
    )!;
    expect(isSignedBy(utf8(signed.text), signed.signatures[0]!.signature, known)).toBe(true);
  });

  it('refuse texts and names that cannot be a note', () => {
    expect(() => signNote('no end', { name: 'a', seed })).toThrow(RangeError);
    expect(() => signNote('two\n\n', { name: 'a', seed })).toThrow(RangeError);
    expect(() => signNote('x\n', { name: 'a b', seed })).toThrow(RangeError);
    expect(parseNote('x\n\nno dash\n')).toBeNull();
  });
});

describe('checkpoints', () => {
  it('open with their key', () => {
    expect(openCheckpoint(note, publicKey)).toEqual({ ...checkpoint, root: expect.anything() });
    expect(hex(openCheckpoint(note, publicKey)!.root)).toBe(hex(checkpoint.root));
  });

  it.each([
    ['another key', note, publicKeyOf(seed.map((byte) => byte ^ 1))],
    ['another size', note.replace('\n1038\n', '\n1039\n'), publicKey],
    ['another origin', note.replaceAll('northgate-foods', 'bluelight-care'), publicKey],
    ['a size with a leading zero', note.replace('\n1038\n', '\n01038\n'), publicKey],
    [
      'an extension line',
      signNote(`a/1\n1\n${base64(checkpoint.root)}\nmore\n`, { name: 'a/1', seed }),
      publicKey,
    ],
    ['no signature', note.slice(0, note.indexOf('—')), publicKey],
  ])('stay closed for %s', (_, changed, key) => {
    expect(openCheckpoint(changed, key)).toBeNull();
  });

  it('are not made of anything else', () => {
    expect(parseCheckpoint('hello')).toBeNull();
  });
});

describe('proof texts', () => {
  const proof = { index: 41, hashes: [leafHash(utf8('a')), leafHash(utf8('b'))], checkpoint: note };

  it('come back as they were written', () => {
    const back = parseTlogProof(writeTlogProof(proof))!;
    expect({ ...back, hashes: back.hashes.map(hex) }).toEqual({
      ...proof,
      hashes: proof.hashes.map(hex),
    });
    expect(parseTlogProof(writeTlogProof({ ...proof, hashes: [] }))!.hashes).toEqual([]);
  });

  it.each([
    ['another version', (t: string) => t.replace('@v1', '@v2')],
    ['a negative index', (t: string) => t.replace('index 41', 'index -1')],
    ['a short hash', (t: string) => t.replace(base64(proof.hashes[0]!), 'QUFB')],
    ['no head', (t: string) => t.slice(0, t.indexOf('\n\n'))],
  ])('are refused with %s', (_, change) => {
    expect(parseTlogProof(change(writeTlogProof(proof)))).toBeNull();
  });
});
