// Every page that a person can reach from the navigation.

import { must } from "./person.mjs";

/** Opens the pages of the side navigation, the first act of each and its first record, and does something on each. */
export async function eachPage(person, act) {
  await person.open("/e/HL/readiness");
  const hrefs = (selector) => person.page.locator(selector).evaluateAll((nodes) => nodes.map((node) => node.getAttribute("href")));
  const paths = new Set(["/engagements", "/engagements/new", ...(await hrefs("nav.side a[href]")), "/accounts", "/accounts/new", "/profile", "/profile/sessions", "/profile/password", "/help"]);
  const wrong = [];
  for (const path of paths) {
    try {
      const answer = await person.open(path);
      must(answer.status() === 200, `${path} answers ${answer.status()}`);
      await act(path);
      const next = [...(await hrefs("main .actions a.button[href]")), ...(await hrefs("main table.list tbody tr:first-child th a[href]")), ...(await hrefs("main .links a[href]"))];
      for (const href of next.filter((one) => one.startsWith("/") && !/\/file$|\.(json|csv|xlsx|ndjson)(\?|$)/.test(one))) paths.add(href.split("#")[0]);
    } catch (error) {
      wrong.push(error.message.split("\n")[0]);
    }
  }
  must(paths.size > 30, `only ${paths.size} pages were found`);
  must(wrong.length === 0, wrong.join("\n        "));
  return paths.size;
}
