/**
 * Which agents can serve a contact, and how well each fits: every need met, the language spoken,
 * the agent allowed. Proficiencies are laid out by skill once, as contacts outnumber skills.
 */
import type { Agent, Contact } from "./question.ts";

/** Answers for each pair of contact and agent. */
export interface Eligibility {
  /**
   * Writes the fit of every agent to `fits`: mean proficiency by weight, 1 without needs, and -1
   * where the agent cannot serve the contact.
   */
  write(contact: Contact, fits: Float64Array): void;
}

/** Lays out `agents`. */
export function eligibilityOf(agents: readonly Agent[]): Eligibility {
  const proficiencyBySkill = new Map<string, Float64Array>();
  const proficiencies = (skill: string): Float64Array => {
    const known = proficiencyBySkill.get(skill);
    if (known !== undefined) return known;
    const laidOut = Float64Array.from(agents, ({ skills }) => skills.get(skill) ?? 0);
    proficiencyBySkill.set(skill, laidOut);
    return laidOut;
  };
  return {
    write: (contact, fits) => {
      const { needs, language, allowedAgents } = contact;
      const weightTotal = needs.reduce((sum, { weight }) => sum + weight, 0);
      fits.fill(weightTotal > 0 ? 0 : 1);
      for (const { skill, weight, atLeast } of needs) {
        const share = weightTotal > 0 ? weight / weightTotal : 0;
        addNeed(proficiencies(skill), share, atLeast, fits);
      }
      if (language === undefined && allowedAgents === undefined) return;
      for (const [index, { id, languages }] of agents.entries()) {
        const speaks = language === undefined || languages === undefined || languages.has(language);
        if (!speaks || allowedAgents?.has(id) === false) fits[index] = -1;
      }
    },
  };
}

/** Adds one need to the fits of all agents. */
function addNeed(
  proficiencies: Float64Array,
  share: number,
  atLeast: number,
  fits: Float64Array,
): void {
  for (let agent = 0; agent < fits.length; agent += 1) {
    const proficiency = proficiencies[agent];
    if (proficiency === 0 || proficiency < atLeast) fits[agent] = -1;
    else if (fits[agent] >= 0) fits[agent] += share * proficiency;
  }
}
