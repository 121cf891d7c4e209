import { fileSize } from './file-size.ts';

describe('fileSize', () => {
  it.each([
    [0, '0 bytes'],
    [812, '812 bytes'],
    [1400, '1.4 kB'],
    [999_999, '1,000 kB'],
    [1_450_000, '1.5 MB'],
    [250_000_000, '250 MB'],
    [2_500_000_000, '2,500 MB'],
  ])('writes %d as %s', (bytes, text) => {
    expect(fileSize(bytes)).toBe(text);
  });
});
