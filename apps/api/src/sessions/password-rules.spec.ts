import { describe, expect, it } from '@jest/globals';
import { weakness } from './password-rules.ts';

const ABOUT = ['Priya Shah', 'priya.shah@northgate.example', 'Northgate Foods'];

describe('weakness', () => {
  it.each([
    'Password12345678',
    'qwertyuiop12345',
    'aaaaaaaaaaaaaaaaaaaa',
    '12121212121212121212',
    'priya.shah.northgate',
    'Northgate-Foods-2026',
    'correct horse battery staple',
    '1234567890123456',
  ])('refuses %s', (password) => {
    expect(weakness(password, ABOUT)).not.toBeNull();
  });

  it.each([
    'marble kettle orbit fern',
    'plumb-line-demo-2026',
    'Northgate kettle orbit fern',
    'naïve Gärten üben 42 Tänze',
    'привет мраморный чайник',
  ])('lets %s pass', (password) => {
    expect(weakness(password, ABOUT)).toBeNull();
  });
});
