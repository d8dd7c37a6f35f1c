/**
 * How the shop's policy was chosen: answers every basket of June 2011, the month before the
 * demonstration's own, by the ranking type's rule under several weights and rules, and prints what
 * each costs in purchases found.
 *
 *     node examples/shop/choose-weights.ts
 */
import { policySchema } from "#decisions";
import { topByScore } from "../../src/cli/demo/answer.ts";
import { BUNDLED_SHOP } from "../../src/cli/demo/bundled-shop.ts";
import { type Judgement, judgeOf } from "../../src/cli/demo/judge.ts";
import { readDescriptions, readSales } from "../../src/cli/demo/sales/sales-book.ts";
import {
  DEMO_POLICY,
  POSITIONS,
  SHOP_RULES,
  SHOP_WEIGHTS,
} from "../../src/cli/demo/shop/shop-policy.ts";
import { shopWeeks } from "../../src/cli/demo/shop/shop-weeks.ts";

const JUNE = { fromMs: Date.UTC(2011, 5, 1), untilMs: Date.UTC(2011, 6, 1) };

const CHOICES = [
  { name: "no rules, diversity 0", diversity: 0, rules: {} },
  { name: "shop's rules, diversity 0", diversity: 0, rules: SHOP_RULES },
  { name: "shop's rules, diversity 0.05", diversity: 0.05, rules: SHOP_RULES },
  { name: "shop's rules, diversity 0.1", diversity: 0.1, rules: SHOP_RULES },
  { name: "shop's rules, diversity 0.2", diversity: 0.2, rules: SHOP_RULES },
  { name: "shop's rules, diversity 0.3", diversity: 0.3, rules: SHOP_RULES },
];

const judged = new Map<string, Judgement[]>();
const book = await readSales([BUNDLED_SHOP.lines]);
const descriptions = await readDescriptions(BUNDLED_SHOP.products);
for await (const { items, questions } of shopWeeks(book, descriptions, JUNE, 1, async () => {})) {
  for (const { name, diversity, rules } of CHOICES) {
    const weights = { ...SHOP_WEIGHTS, diversity };
    const policy = policySchema.parse({ ...DEMO_POLICY, defaults: { weights, rules } });
    const judge = judgeOf(items, policy);
    for (const question of questions) {
      const candidates = question.candidates.map((candidate) => ({ ...candidate }));
      const posed = judge(question, { candidates, k: POSITIONS, items: "june" });
      keep("best by score", posed.judge(topByScore(question.candidates, POSITIONS)));
      const answer = posed.ruleAnswer();
      if (answer !== undefined) keep(name, posed.judge(answer));
    }
  }
}
for (const [name, answers] of judged) {
  const mean = (value: (judgement: Judgement) => number) =>
    (answers.reduce((sum, one) => sum + value(one), 0) / answers.length).toFixed(3);
  const hitRate = mean(({ hitCount }) => (hitCount > 0 ? 1 : 0));
  const hits = mean(({ hitCount }) => hitCount);
  const similarity = mean(({ similarityMean }) => similarityMean);
  process.stdout.write(
    `${name.padEnd(30)} hit rate ${hitRate}, bought ${hits}, pair similarity ${similarity}\n`,
  );
}

function keep(name: string, judgement: Judgement): void {
  const answers = judged.get(name) ?? [];
  judged.set(name, answers);
  answers.push(judgement);
}
