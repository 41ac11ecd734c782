// The main job, from the set-up link to a declaration of readiness and its suspension, as the people of a fictional client
// do it. All days are counted from today, since the portal goes by the machine's clock.

import { must, paper, Person } from "./person.mjs";
import { plusDays, plusMonths, today } from "./days.mjs";
import { eachPage } from "./pages.mjs";

const PASSWORD = "hill lantern river 20";
const PROCESSES = ["6.1", "6.2", "6.3", "6.4", "6.5", "6.6", "7.2", "7.3", "8.2", "8.3", "9.1", "9.2", "10.1"];

const TEXTS = {
  "zh-CN": {
    consultancy: "远山咨询有限公司",
    consultant: "任远",
    client: "衡岚信息技术服务有限公司",
    site: "杭州总部",
    address: "杭州市滨江区江南大道 100 号",
    heads: ["姓名", "工号", "邮箱", "部门", "岗位", "管理层"],
    yes: "是",
    departments: ["综合管理部", "服务台", "基础设施运维部"],
    people: { top: "沈衡", representative: "陆青", desk: "方圆", operations: "贺川", administration: "何岚" },
    posts: ["总经理", "管理者代表", "服务台主管", "运维主管", "培训专员"],
    closed: ["D9", "旧项目部"],
    authority: "杭州市市场监督管理局",
    source: "信用中国",
    decision: "改进变更评审",
    record: "运行记录",
  },
  en: {
    consultancy: "Farhill Consulting Ltd",
    consultant: "Ren Yuan",
    client: "Henglan IT Services Co., Ltd.",
    site: "Hangzhou head office",
    address: "100 Jiangnan Avenue, Hangzhou",
    heads: ["Name", "Staff number", "E-mail", "Department", "Post", "Management"],
    yes: "yes",
    departments: ["Administration", "Service Desk", "Infrastructure Operations"],
    people: { top: "Shen Heng", representative: "Lu Qing", desk: "Fang Yuan", operations: "He Chuan", administration: "He Lan" },
    posts: ["General manager", "Management representative", "Head of service desk", "Head of operations", "Training officer"],
    closed: ["D9", "Former projects"],
    authority: "Market Supervision Bureau of Hangzhou",
    source: "Credit China",
    decision: "Improve the review of changes",
    record: "Operating record",
  },
};

/** The story in one language, at one width, with scripts on or off. */
export function journey({ name, language, width, scripts, declarer }) {
  const texts = TEXTS[language];
  const zh = language === "zh-CN";
  const now = today();
  // Operation began more than three months ago, so that the calendar stands in nobody's way.
  const start = plusDays(plusMonths(now, -3), -12);
  const issued = plusDays(start, -3);
  const audited = plusDays(start, 70);
  const reported = plusDays(audited, 5);
  const months = [0, 1, 2].map((count) => plusDays(plusMonths(start, count), 4));
  const seat = { language, width, scripts };
  let portal;
  let chromium;
  let consultant;
  let second;
  let invitation;
  const people = () => [consultant, second].filter(Boolean);
  const { t, pattern, within } = (() => {
    const say = () => consultant.say;
    return { t: (key) => say().t(key), pattern: (...all) => say().pattern(...all), within: (...all) => say().within(...all) };
  })();

  const steps = [
    [
      "the set-up link makes the administrator and the consultancy",
      async () => {
        consultant = await Person.sitDown(chromium, portal, { name: "consultant", ...seat });
        must(portal.setUpLink, "the portal printed no set-up link");
        await consultant.open(portal.setUpLink);
        await consultant.heading(t("set-up"));
        await consultant.fill({
          "person-name": texts.consultant,
          "person-email": "ren.yuan@example.cn",
          "person-consultancy": texts.consultancy,
          "person-new-password": PASSWORD,
          "person-password-again": PASSWORD,
        });
        await consultant.press(t("set-up-button"));
        await consultant.told("set-up-done");
        const again = await consultant.page.context().request.get(portal.setUpLink);
        must(!(await again.text()).includes(t("set-up-button")), "the set-up link still works");
      },
    ],
    [
      "a new engagement is opened",
      async () => {
        await consultant.open("/engagements");
        await consultant.sees(t("engagements-empty"));
        await consultant.follow(t("engagements-new"));
        await consultant.fill({
          "engagement-code": "HL",
          [zh ? "engagement-client-name-zh" : "engagement-client-name-en"]: texts.client,
          "engagement-applicant-kind": t("applicant-cn-company"),
          "engagement-legal-name": texts.client,
          "engagement-scope-zh": "向外部客户提供信息技术服务",
          "engagement-scope-en": "IT services for external customers",
          "engagement-site-name": texts.site,
          "engagement-site-address": texts.address,
          "engagement-edition": t("edition-2005"),
          "engagement-kick-off": plusDays(issued, -60),
        });
        await consultant.press(t("engagements-new"));
        await consultant.told("engagement-opened", { code: "HL" });
      },
    ],
    [
      "readiness says what is missing at the beginning",
      async () => {
        await consultant.go("nav-readiness");
        // Nothing is planned yet: conditions 2 and 3 fail, about 1 and 4 nothing is known.
        await consultant.sees(within("ready-not-met"));
        await consultant.sees(t("ready-state-unknown"));
        await consultant.sees(within("ready-reason-lacking"));
        await consultant.sees(t("ready-next"));
      },
    ],
    [
      "people are pasted, looked at and imported",
      async () => {
        const [administration, desk, operations] = texts.departments;
        const { top, representative, desk: atDesk, operations: atOperations, administration: inAdministration } = texts.people;
        const rows = [
          texts.heads,
          [top, "001", "shen.heng@example.cn", administration, texts.posts[0], texts.yes],
          [representative, "002", "lu.qing@example.cn", administration, texts.posts[1], texts.yes],
          [atDesk, "003", "fang.yuan@example.cn", desk, texts.posts[2], ""],
          [atOperations, "004", "he.chuan@example.cn", operations, texts.posts[3], ""],
          [inAdministration, "005", "not an address", administration, texts.posts[4], ""],
        ];
        await consultant.go("nav-people");
        await consultant.follow(t("import-people"));
        await consultant.fill({ "import-people-rows": rows.map((row) => row.join("\t")).join("\n") });
        await consultant.press(t("import-people-look"));
        await consultant.heading(t("import-people-preview"));
        await consultant.sees(t("import-wrong-email"));
        await consultant.fill({ "import-people-new-departments": true });
        await consultant.press(pattern("import-people-take", { count: 4 }));
        await consultant.told("import-people-done", { enters: 4, refused: 1 });
        await consultant.sees(atDesk);
      },
    ],
    [
      "the departments are there, and one that left the scope is entered",
      async () => {
        await consultant.go("nav-departments");
        for (const department of texts.departments) await consultant.sees(department);
        const [code, title] = texts.closed;
        await consultant.enter(
          "nav-departments",
          "department-enter",
          { "department-code": code, [zh ? "department-name-zh" : "department-name-en"]: title, "department-in-scope": false },
          "department-entry",
        );
      },
    ],
    [
      "the business licence is entered with its scan",
      async () => {
        await consultant.enter(
          "nav-legal-documents",
          "legal-enter",
          {
            "legal-kind": t("legal-kind-business-licence"),
            "legal-number": "91330108MA2000000X",
            "legal-holder": texts.client,
            "legal-valid-from": plusMonths(now, -60),
            "legal-status": t("legal-status-in-force"),
            "legal-file": paper(zh ? "营业执照" : "Business licence"),
          },
          "legal-entry",
        );
        await consultant.sees("sha256");
      },
    ],
    [
      "the first edition is issued by a signed order",
      async () => {
        await consultant.enter(
          "nav-issue-orders",
          "order-enter",
          {
            "order-kind": t("order-kind-first-edition"),
            "order-number": "HL-2026-01",
            "order-issued-on": issued,
            "order-file": paper(zh ? "发布令" : "Issue order"),
          },
          "order-entry",
        );
      },
    ],
    [
      "the site starts operation",
      async () => {
        await consultant.go("nav-scope");
        await consultant.follow(texts.site);
        await consultant.follow(t("record-edit"));
        await consultant.fill({ "part-start": start });
        await consultant.press(t("record-save"));
        await consultant.told("record-corrected", { entry: t("part-entry") });
        await consultant.sees(start);
      },
    ],
    [
      "the default document set is adopted and put in force",
      async () => {
        await consultant.go("nav-documents");
        await consultant.follow(t("document-set-enter"));
        await consultant.press(t("document-set-enter"));
        await consultant.told("document-set-entered");
        await consultant.follow(t("document-put-in-force"));
        await consultant.fill({ "document-effective-on": issued });
        await consultant.press(t("document-put-in-force"));
        await consultant.told("document-put-done");
      },
    ],
    [
      "operating records of every process and month are pasted",
      async () => {
        const lines = [...months, plusDays(now, -2)].flatMap((day, index) => PROCESSES.map((process) => `${process} | ${day} | ${texts.record} ${index + 1} | R-${process}-${index + 1}`));
        await consultant.go("nav-operation");
        await consultant.follow(t("operating-paste"));
        await consultant.fill({ "operating-lines": lines.concat("6.9 | 2026-01-01 | ?").join("\n") });
        await consultant.press(t("operating-paste"));
        await consultant.sees(within("operating-line-wrong", { line: lines.length + 1 }));
        await consultant.fill({ "operating-lines": lines.join("\n") });
        await consultant.press(t("operating-paste"));
        await consultant.told("operating-pasted", { count: lines.length });
      },
    ],
    [
      "the internal audit is entered with its records",
      async () => {
        await consultant.enter(
          "nav-audits",
          "audit-enter",
          {
            "audit-code": "IA-1",
            "audit-kind": t("audit-kind-internal"),
            "audit-parts": "all",
            "audit-start-on": plusDays(audited, -2),
            "audit-end-on": audited,
            "audit-report-approved-on": reported,
            "audit-report-approved-by": texts.people.top,
            "audit-plan-file": paper("plan"),
            "audit-checklist-file": paper("checklist"),
            "audit-report-file": paper("report"),
            "audit-follow-up-file": paper("follow-up"),
          },
          "audit-entry",
        );
      },
    ],
    [
      "every department was audited by somebody else",
      async () => {
        const auditors = [texts.people.desk, texts.people.operations, texts.people.desk];
        for (const [index, department] of texts.departments.entries()) {
          await consultant.go("nav-audits");
          await consultant.follow("IA-1");
          await consultant.follow(t("area-enter"));
          await consultant.fill({ "area-department": department, "area-clauses": "all", "area-auditors": auditors[index] });
          await consultant.press(t("record-save"));
          await consultant.told("record-entered", { entry: t("area-entry") });
        }
      },
    ],
    [
      "a management review is planned",
      async () => {
        await consultant.enter(
          "nav-reviews",
          "review-enter",
          { "review-planned-on": plusDays(now, 7), "review-planned-minutes-on": plusDays(now, 8), "review-chair": t("review-chair-top-management") },
          "review-entry",
        );
      },
    ],
    [
      "readiness cannot be decided: it is not known whether there are penalties",
      async () => {
        await consultant.go("nav-readiness");
        await consultant.sees(within("ready-unknown"));
      },
    ],
    [
      "the declaration of no penalty and the credit search are entered",
      async () => {
        await consultant.enter(
          "nav-no-penalty-declarations",
          "declaration-enter",
          { "declaration-signed-on": now, "declaration-signed-by": texts.people.top, "declaration-file": paper(zh ? "无处罚声明" : "Declaration") },
          "declaration-entry",
        );
        await consultant.enter(
          "nav-credit-searches",
          "search-enter",
          { "search-source": texts.source, "search-searched-on": now, "search-file": paper(zh ? "信用查询" : "Credit search") },
          "search-entry",
        );
      },
    ],
    [
      "readiness says not yet, and when at the earliest by plan",
      async () => {
        await consultant.go("nav-readiness");
        await consultant.sees(within("ready-not-yet-planned"));
        await consultant.sees(plusDays(now, 8));
      },
    ],
    [
      "the review is held, with decisions that have owner and day",
      async () => {
        await consultant.go("nav-reviews");
        await consultant.click(consultant.main().locator("table a").first());
        await consultant.follow(t("record-edit"));
        await consultant.fill({
          "review-held-on": plusDays(now, -3),
          "review-minutes-approved-on": plusDays(now, -1),
          "review-decisions": `${texts.decision} | ${texts.people.operations} | ${plusDays(now, 20)}`,
          "review-agenda-file": paper("agenda"),
          "review-minutes-file": paper("minutes"),
        });
        await consultant.press(t("record-save"));
        await consultant.told("record-corrected", { entry: t("review-entry") });
      },
    ],
    [
      "readiness says that the application may be made",
      async () => {
        await consultant.go("nav-readiness");
        await consultant.sees(within("ready-met"));
        await consultant.picture(`${name}-readiness-met`);
      },
    ],
    [
      "the consultant recommends, and cannot declare",
      async () => {
        await consultant.go("nav-gate");
        await consultant.follow(t("gate-recommend"));
        await consultant.fill({ "gate-read": true, "gate-password": "not the password 1" });
        await consultant.press(t("gate-recommend"));
        await consultant.sees(t("gate-password-wrong"));
        await consultant.fill({ "gate-read": true, "gate-password": PASSWORD });
        await consultant.press(t("gate-recommend"));
        await consultant.told("gate-said-recommended");
        must((await consultant.main().getByRole("link", { name: t("gate-declare"), exact: true }).count()) === 0, "who recommended is offered to declare");
      },
    ],
    [
      "a second person is given a role and a one-time link",
      async () => {
        await consultant.go("nav-members");
        await consultant.follow(t("members-new"));
        const person = declarer === "role-mgmt-rep" ? texts.people.representative : texts.people.top;
        await consultant.fill({ "members-person": person, "members-roles": t(declarer) });
        await consultant.press(t("members-give"));
        await consultant.heading(t("members-invited-title"));
        invitation = /http\S+\/invitations\/[0-9a-f]+/.exec(await consultant.main().innerText())?.[0];
        must(invitation, "there is no invitation link on the page");
      },
    ],
    [
      "the second person accepts at another browser",
      async () => {
        second = await Person.sitDown(chromium, portal, { name: "second", ...seat });
        await second.open(invitation);
        await second.heading(t("invitation"));
        await second.sees(t(declarer));
        await second.fill({ "person-new-password": `${PASSWORD} b`, "person-password-again": `${PASSWORD} b` });
        await second.press(t("invitation-button"));
        await second.told("invitation-accepted");
        const third = await Person.sitDown(chromium, portal, { name: "third", ...seat });
        await third.open(invitation);
        await third.sees(t("link-dead"));
        await third.leave();
      },
    ],
    [
      "the second person declares readiness, with the password again",
      async () => {
        await second.go("nav-gate");
        await second.follow(t("gate-declare"));
        await second.fill({ "gate-read": true, "gate-password": `${PASSWORD} b` });
        await second.press(t("gate-declare"));
        await second.told("gate-said-declared", { code: "HL" });
        await second.sees(within("gate-declared"));
        await second.picture(`${name}-declared`);
      },
    ],
    [
      "a penalty is entered, and the declaration is suspended with its reason",
      async () => {
        await consultant.enter(
          "nav-penalties",
          "penalty-enter",
          {
            "penalty-authority": texts.authority,
            "penalty-decided-on": plusDays(now, -1),
            "penalty-kind": t("penalty-kind-fine"),
            "penalty-subject": t("penalty-subject-applicant"),
            "penalty-status": t("penalty-status-in-force"),
            "penalty-file": paper(zh ? "处罚决定书" : "Decision"),
          },
          "penalty-entry",
        );
        await consultant.go("nav-readiness");
        await consultant.sees(within("ready-not-met", { conditions: 4 }));
        await consultant.sees(texts.authority);
        await second.go("nav-gate");
        await second.sees(within("gate-suspended", { day: now }));
        await second.sees(t("gate-cause"));
        await second.sees(within("ready-not-met", { conditions: 4 }));
        await second.picture(`${name}-suspended`);
      },
    ],
    [
      "every page with something on it fits, is accessible and calm",
      async () => {
        await eachPage(consultant, async () => {
          if (scripts) await consultant.accessible();
          consultant.calm();
        });
      },
    ],
  ];

  return {
    name,
    people,
    steps,
    begin(theirPortal, theirChromium) {
      portal = theirPortal;
      chromium = theirChromium;
    },
  };
}
