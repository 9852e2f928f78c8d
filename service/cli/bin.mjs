#!/usr/bin/env node
// The command as `npx return-channel` finds it: registers TypeScript, then runs it as it is written.
import { register } from 'tsx/esm/api';

register();
await import('./return-channel.ts');
