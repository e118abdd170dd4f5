import { describe, expect, test } from '@jest/globals';
import { Roster } from '../../src/http/roster.ts';

describe('a roster', () => {
  test('has who has come and not left, in the order of coming', () => {
    const roster = new Roster<string>();
    const leave = new Map(['a', 'b', 'c', 'd'].map((name) => [name, roster.add(name)]));
    expect([...roster]).toEqual(['a', 'b', 'c', 'd']);
    leave.get('b')?.();
    expect([...roster]).toEqual(['a', 'c', 'd']);
    leave.get('a')?.();
    leave.get('d')?.();
    expect([...roster]).toEqual(['c']);
    roster.add('e');
    expect([...roster]).toEqual(['c', 'e']);
    expect(roster.size).toBe(2);
    leave.get('c')?.();
    expect([...roster]).toEqual(['e']);
  });

  test('takes each out once, however often it leaves', () => {
    const roster = new Roster<string>();
    const leave = roster.add('a');
    roster.add('a');
    leave();
    leave();
    expect([...roster]).toEqual(['a']);
    expect(roster.size).toBe(1);
  });

  test('goes on over all who were here as it began, whoever leaves or comes meanwhile', () => {
    const roster = new Roster<number>();
    const leaves = [1, 2, 3].map((n) => roster.add(n));
    const met: number[] = [];
    for (const n of roster) {
      met.push(n);
      for (const leave of leaves) leave();
      roster.add(n + 10);
    }
    expect(met).toEqual([1, 2, 3]);
    expect([...roster]).toEqual([11, 12, 13]);
  });
});
