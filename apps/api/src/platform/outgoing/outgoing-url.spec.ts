import { describe, expect, it } from '@jest/globals';
import { urlTrouble } from './outgoing-url.ts';

const NONE: ReadonlySet<string> = new Set();

describe('an address that somebody wants to be called', () => {
  it.each([
    'https://hooks.example.org/in',
    'https://hooks.example.org',
    'https://hooks.example.org:8443/in?team=a',
    'https://1.1.1.1/in',
    'https://[2606:4700:4700::1111]/in',
    'https://bücher.example/in',
  ])('may be %s', (url) => {
    expect(urlTrouble(url, NONE)).toBeNull();
  });

  it.each([
    ['no address', 'hooks'],
    ['without a scheme', 'hooks.example.org/in'],
    ['without TLS', 'http://hooks.example.org/in'],
    ['a file', 'file:///etc/passwd'],
    ['gopher', 'gopher://hooks.example.org/_x'],
    ['FTP', 'ftp://hooks.example.org/in'],
    ['data', 'data:text/plain,x'],
    ['a script', 'javascript:alert(1)'],
    ['with a user', 'https://a:b@hooks.example.org/in'],
    ['with a user that looks like a host', 'https://hooks.example.org@127.0.0.1/'],
    ['with a fragment', 'https://hooks.example.org/in#a'],
    ['this machine by name', 'https://localhost/in'],
    ['this machine by name, with the root’s dot', 'https://localhost./in'],
    ['below this machine', 'https://a.localhost/in'],
    ['one label', 'https://intranet/in'],
    ['a name of a local network', 'https://printer.local/in'],
    ['metadata by name', 'https://metadata.google.internal/'],
    ['loopback', 'https://127.0.0.1/in'],
    ['loopback as one number', 'https://2130706433/in'],
    ['loopback in hexadecimal', 'https://0x7f000001/in'],
    ['loopback in octal', 'https://0177.0.0.1/in'],
    ['loopback, short', 'https://127.1/in'],
    ['loopback, wide digits', 'https://１２７.0.0.1/in'],
    ['loopback, percent-encoded', 'https://%31%32%37.0.0.1/in'],
    ['metadata', 'https://169.254.169.254/latest/meta-data/'],
    ['private', 'https://10.0.0.1/in'],
    ['IPv6 loopback', 'https://[::1]/in'],
    ['mapped loopback', 'https://[::ffff:127.0.0.1]/in'],
    ['NAT64', 'https://[64:ff9b::7f00:1]/in'],
    ['unique local', 'https://[fd00:ec2::254]/in'],
    ['the port of SSH', 'https://hooks.example.org:22/in'],
    ['the port of mail', 'https://hooks.example.org:25/in'],
    ['port 0', 'https://hooks.example.org:0/in'],
    ['too long', `https://hooks.example.org/${'a'.repeat(2000)}`],
  ])('is refused when it is %s', (_, url) => {
    expect(urlTrouble(url, NONE)).toMatch(/^(Use|Enter|Leave)/);
  });

  it('may be private and without TLS where the operator names that very origin', () => {
    const allowed = new Set(['http://127.0.0.1:4000']);
    expect(urlTrouble('http://127.0.0.1:4000/in', allowed)).toBeNull();
    expect(urlTrouble('http://127.0.0.1:4001/in', allowed)).not.toBeNull();
    expect(urlTrouble('https://127.0.0.1:4000/in', allowed)).not.toBeNull();
    expect(urlTrouble('http://127.0.0.1:4000@evil.example/in', allowed)).not.toBeNull();
    expect(urlTrouble('http://a:b@127.0.0.1:4000/in', allowed)).not.toBeNull();
  });
});
