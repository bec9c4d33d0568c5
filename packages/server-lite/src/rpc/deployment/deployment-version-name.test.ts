import { describe, expect, it } from 'vitest';
import { parseVersionName, requireBuildOf, requireVersionName } from './deployment-version-name.ts';

describe('the text of a version', () => {
  it.each([
    ['shop.1', { deploymentName: 'shop', buildId: '1' }],
    ['shop.1.2', { deploymentName: 'shop', buildId: '1.2' }],
    ['shop:1.2', { deploymentName: 'shop', buildId: '1.2' }],
    ['shop.1:2', { deploymentName: 'shop', buildId: '1:2' }],
    ['__unversioned__', { deploymentName: '', buildId: '' }],
  ])('%s names a deployment and a build', (text, name) => {
    expect(parseVersionName(text)).toEqual(name);
  });

  it.each([
    ['shop', "expected delimiter ':' or '.' not found in version string shop"],
    ['.1', 'deployment name is empty in version string .1'],
    ['shop.', 'build id is empty in version string shop.'],
    ['shop:1', 'build id is empty in version string shop:1'],
  ])('%s is none', (text, problem) => {
    expect(parseVersionName(text)).toEqual({ problem });
    expect(() => requireVersionName(text)).toThrow(`invalid version string "${text}"`);
  });

  it('must be of the deployment that a request is about', () => {
    expect(requireBuildOf('shop', 'shop.1')).toBe('1');
    expect(requireBuildOf('shop', '__unversioned__')).toBe('');
    expect(() => requireBuildOf('shop', 'stall.1')).toThrow(
      "invalid version string 'stall.1' does not match deployment name 'shop'",
    );
  });
});
