/** The protobufjs that @temporalio/proto reflects with: another copy's classes would not recognise its types. */
import { createRequire } from 'node:module';
import type protobufjs from 'protobufjs';

const requireBesideProto = createRequire(import.meta.resolve('@temporalio/proto'));

export default requireBesideProto('protobufjs') as typeof protobufjs;
