/** What a search is told of answers, and tells of them while it goes on. */

/** Both ways; what is absent is not wanted. */
export interface AnswerExchange<Answer> {
  /** An answer to begin with; one that does not fit is passed over. */
  readonly start?: Answer | undefined;
  /** Called with a copy of each better answer, at the moment it is found. */
  readonly onBetter?: ((answer: Answer) => void) | undefined;
}
