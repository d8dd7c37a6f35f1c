/**
 * Two-colouring with mixed wishes: of some pairs it is known that they have the same colour, of
 * others that they differ. Union-find that keeps the parity to the root (near-linear in the number
 * of wishes).
 */

/** Colours of `count` nodes under the wishes so far. */
export class ParityForest {
  private readonly parent: Int32Array;
  /** Whether a node differs from its parent. */
  private readonly differs: Uint8Array;
  private readonly rank: Uint8Array;

  constructor(count: number) {
    this.parent = Int32Array.from({ length: count }, (_, node) => node);
    this.differs = new Uint8Array(count);
    this.rank = new Uint8Array(count);
  }

  /** Wishes that two nodes differ (or not); false where that contradicts an earlier wish. */
  join(one: number, other: number, differ: boolean): boolean {
    const first = this.rootOf(one);
    const second = this.rootOf(other);
    // Both hang from their roots now, and a root differs from itself in nothing.
    const parity = this.differs[one] ^ this.differs[other] ^ (differ ? 1 : 0);
    if (first === second) return parity === 0;
    const isLower = this.rank[first] < this.rank[second];
    const [root, child] = isLower ? [second, first] : [first, second];
    this.parent[child] = root;
    this.differs[child] = parity;
    if (this.rank[root] === this.rank[child]) this.rank[root] += 1;
    return true;
  }

  /** The node that stands for all that are joined with `node`, directly or not. */
  rootOf(node: number): number {
    let root = node;
    let colour = 0;
    while (this.parent[root] !== root) {
      colour ^= this.differs[root];
      root = this.parent[root];
    }
    let at = node;
    while (this.parent[at] !== root && at !== root) {
      const next = this.parent[at];
      const rest = colour ^ this.differs[at];
      this.parent[at] = root;
      this.differs[at] = colour;
      at = next;
      colour = rest;
    }
    return root;
  }

  /** 0 or 1: whether the node differs from its root. */
  colourOf(node: number): number {
    return this.rootOf(node) === node ? 0 : this.differs[node];
  }
}
