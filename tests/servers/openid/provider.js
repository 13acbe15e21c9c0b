// A provider on loopback: one argument, a JSON object with `port` (0: any), `people` (a file: claims by login) and the
// `client`. It makes a signing key of its own at each start, says where it listens, and ends with its standard input.
// Run in the folder in which oidc-provider is installed.
import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const asked = JSON.parse(process.argv[2]);
const found = createRequire(`${process.cwd()}/package.json`).resolve('oidc-provider');
const { Provider } = await import(pathToFileURL(found));

const server = createServer();
await new Promise((listening) => server.listen(asked.port, '127.0.0.1', listening));
const issuer = `http://127.0.0.1:${server.address().port}`;
const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });

const provider = new Provider(issuer, {
  clients: [asked.client],
  claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name', 'groups'] },
  conformIdTokenClaims: asked.conformIdTokenClaims,
  cookies: { keys: ['only for tests'] },
  jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256' }] },
  findAccount: (_, login) => {
    const claims = JSON.parse(readFileSync(asked.people, 'utf-8'))[login];
    return claims && { accountId: login, claims: () => ({ sub: login, ...claims }) };
  },
});
server.on('request', provider.callback());
process.stdin.on('end', () => process.exit(0)).resume();
console.log(`listens at ${issuer}`);
