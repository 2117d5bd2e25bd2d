// A real OpenID Connect provider on this machine: node provider.mjs FOLDER PORT ACCOUNTS RETURN
import { pathToFileURL } from "node:url";

const [folder, port, accounts, home] = process.argv.slice(2);
const { default: Provider } = await import(
  pathToFileURL(`${folder}/node_modules/oidc-provider/lib/index.js`)
);
const people = JSON.parse(accounts);
const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [
    {
      client_id: "bdhvs",
      client_secret: "bi-mat-cua-phep-thu",
      redirect_uris: [`${home}/login/outside/return`],
      post_logout_redirect_uris: [`${home}/`],
    },
  ],
  claims: { openid: ["sub"], profile: ["SoDinhDanh", "HoVaTen"] },
  pkce: { required: () => true },
  findAccount: (_context, id) =>
    people[id] && { accountId: id, claims: () => ({ sub: id, ...people[id] }) },
});
provider.listen(Number(port), "127.0.0.1", () => console.log("ready"));
