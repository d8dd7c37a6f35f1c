/**
 * The example of `routing`: a request that works as printed. Four contacts wait for three agents,
 * one of whom is about to finish, and a partner site takes overflow.
 */
import type { Json } from "#foundation";

/** A small tick of a bank's contact centre. */
export const routingExample: Json = Object.freeze({
  contacts: [
    {
      id: "call-1",
      channel: "voice",
      waitedSeconds: 18,
      needs: [{ skill: "cards" }],
      value: 400,
      slaSeconds: 20,
      patienceSeconds: 120,
    },
    {
      id: "call-2",
      channel: "voice",
      waitedSeconds: 4,
      needs: [{ skill: "mortgage", atLeast: 0.5 }],
      value: 2500,
      priority: 1,
      slaSeconds: 20,
      patienceSeconds: 180,
      language: "en",
    },
    {
      id: "chat-1",
      channel: "chat",
      waitedSeconds: 40,
      needs: [{ skill: "cards" }],
      value: 150,
      slaSeconds: 60,
      mayCallBack: true,
    },
    {
      id: "call-3",
      channel: "voice",
      waitedSeconds: 31,
      needs: [{ skill: "cards" }],
      value: 300,
      slaSeconds: 20,
      patienceSeconds: 90,
      mayOverflow: true,
    },
  ],
  agents: [
    {
      id: "ana",
      skills: { cards: 0.9, mortgage: 0.8 },
      languages: ["en", "pt"],
      costPerHour: 2400,
      idleSeconds: 55,
      contactsToday: 12,
      team: "north",
    },
    {
      id: "ben",
      skills: { cards: 0.7 },
      concurrency: { voice: 1, chat: 3 },
      contactsMax: 1,
      costPerHour: 2100,
      idleSeconds: 10,
      contactsToday: 19,
      team: "south",
    },
    {
      id: "cho",
      skills: { cards: 1, mortgage: 1 },
      freeInSeconds: 12,
      costPerHour: 2600,
      contactsToday: 15,
      team: "north",
    },
  ],
  overflow: { fit: 0.4, cost: 260, slots: 5 },
  callBack: { afterSeconds: 900, reached: 0.7, cost: 60 },
  options: { deadlineMs: 200, seed: 7 },
});
