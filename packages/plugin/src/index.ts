export type { PluginParameter } from './plugin-parameter.ts';
export { SimplePlugin, type SimplePluginOptions } from './simple-plugin.ts';
