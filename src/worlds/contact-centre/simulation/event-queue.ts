/**
 * The events to come, as a binary heap in flat arrays. The earliest is taken first; of two at one
 * instant, the one that was put in first, so that a run depends on nothing but its inputs.
 */

/** Events of at most eight kinds, each about one subject (a contact, an agent). */
export class EventQueue {
  /** The event taken last. */
  atSeconds = 0;
  kind = 0;
  subject = 0;

  #times = new Float64Array(1024);
  #sequences = new Float64Array(1024);
  #codes = new Int32Array(1024);
  #length = 0;
  #sequence = 0;

  /** Puts in an event; `kind` below 8, `subject` below 2^28. */
  put(atSeconds: number, kind: number, subject: number): void {
    if (this.#length === this.#times.length) this.#grow();
    const sequence = this.#sequence;
    this.#sequence += 1;
    let at = this.#length;
    this.#length += 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      // What is put in later never goes before an event of the same instant.
      if (this.#times[parent] <= atSeconds) break;
      this.#move(parent, at);
      at = parent;
    }
    this.#set(at, atSeconds, sequence, subject * 8 + kind);
  }

  /** Takes the next event off into `atSeconds`, `kind` and `subject`; false if there is none. */
  take(): boolean {
    if (this.#length === 0) return false;
    this.atSeconds = this.#times[0];
    this.kind = this.#codes[0] & 7;
    this.subject = this.#codes[0] >> 3;
    this.#length -= 1;
    this.#sink(this.#length);
    return true;
  }

  /** Finds the place from the top for the event at `last`, which is beyond the end now. */
  #sink(last: number): void {
    const time = this.#times[last];
    const sequence = this.#sequences[last];
    const half = this.#length >> 1;
    let at = 0;
    while (at < half) {
      let child = 2 * at + 1;
      if (child + 1 < this.#length && this.#isBefore(child + 1, child)) child += 1;
      const childTime = this.#times[child];
      if (childTime > time || (childTime === time && this.#sequences[child] > sequence)) break;
      this.#move(child, at);
      at = child;
    }
    this.#set(at, time, sequence, this.#codes[last]);
  }

  #isBefore(one: number, other: number): boolean {
    const difference = this.#times[one] - this.#times[other];
    return difference < 0 || (difference === 0 && this.#sequences[one] < this.#sequences[other]);
  }

  #move(from: number, to: number): void {
    this.#times[to] = this.#times[from];
    this.#sequences[to] = this.#sequences[from];
    this.#codes[to] = this.#codes[from];
  }

  #set(at: number, time: number, sequence: number, code: number): void {
    this.#times[at] = time;
    this.#sequences[at] = sequence;
    this.#codes[at] = code;
  }

  #grow(): void {
    const { length } = this.#times;
    const grown = { times: new Float64Array(2 * length), sequences: new Float64Array(2 * length) };
    const codes = new Int32Array(2 * length);
    grown.times.set(this.#times);
    grown.sequences.set(this.#sequences);
    codes.set(this.#codes);
    this.#times = grown.times;
    this.#sequences = grown.sequences;
    this.#codes = codes;
  }
}
