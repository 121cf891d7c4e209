import {
  BadArchive,
  parsePublicKeyPem,
  unzip,
  verifyPack,
  type PackReport,
} from '@plumbline/evidence';

/** What the page hands over. */
export interface VerifyRequest {
  readonly archive: File;
  /** PEM of the key that the reader trusts. */
  readonly publicKey: string;
}

/** What comes back: the report, or why there is none. */
export type VerifyAnswer =
  | { readonly kind: 'report'; readonly report: PackReport }
  | { readonly kind: 'bad-key' }
  | { readonly kind: 'unreadable'; readonly why: string };

async function answerTo({ archive, publicKey }: VerifyRequest): Promise<VerifyAnswer> {
  const key = parsePublicKeyPem(publicKey);
  if (!key) return { kind: 'bad-key' };
  try {
    const files = await unzip(new Uint8Array(await archive.arrayBuffer()));
    return { kind: 'report', report: verifyPack(files, key) };
  } catch (error) {
    if (error instanceof BadArchive) return { kind: 'unreadable', why: error.message };
    throw error;
  }
}

addEventListener('message', ({ data }: MessageEvent<VerifyRequest>) => {
  void answerTo(data).then((answer) => postMessage(answer));
});
