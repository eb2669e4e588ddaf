// A mixed-integer programme that is written as LP text. Rows with the same left side are one.
export class Program {
  offset = 0; // what the objective has beside its columns
  #costs = [];
  #names = [];
  #kinds = [];
  #rows = new Map();
  #presences = new Map();

  binary(letter, cost = 0) { return this.#column(letter, cost, "binary"); }
  share(letter, cost = 0) { return this.#column(letter, cost, "share"); } // between 0 and 1
  count(letter, cost = 0) { return this.#column(letter, cost, "count"); } // a whole number, at least 0

  // cost adds to what a column is worth.
  cost(column, n) { this.#costs[column] += n; }

  #column(letter, cost, kind) {
    this.#costs.push(cost);
    this.#kinds.push(kind);
    return this.#names.push(letter + this.#names.length) - 1;
  }

  // row is Σ coefficient × column ≤ or ≥ a number. Terms of one column are added up.
  row(terms, sense, right) {
    const sums = new Map();
    for (const [n, column] of terms) sums.set(column, (sums.get(column) ?? 0) + n);
    const left = [...sums].filter(([, n]) => n !== 0).sort(([a], [b]) => a - b);
    if (left.length === 0) return;
    const [sign, bound] = sense === "<=" ? [1, right] : [-1, -right];
    const key = left.map(([column, n]) => `${sign * n}:${column}`).join();
    const known = this.#rows.get(key);
    if (known === undefined) this.#rows.set(key, { left: left.map(([column, n]) => [sign * n, column]), bound });
    else known.bound = Math.min(known.bound, bound);
  }

  // atMost lets options use at most so much, each its weight.
  atMost(options, right, weight = () => 1) {
    if (right === Infinity) return;
    this.row(options.map((o) => [weight(o), o.column]), "<=", right);
  }

  // presence is a column that is 1 where any of some pupils, each with her options, is placed.
  presence(pupils) {
    const lists = [...pupils], key = lists.map((options) => options.map((o) => o.column).join()).join("|");
    if (!this.#presences.has(key)) {
      const column = this.share("y");
      for (const options of lists) this.row([...options.map((o) => [1, o.column]), [-1, column]], "<=", 0);
      this.#presences.set(key, column);
    }
    return this.#presences.get(key);
  }

  get size() { return { columns: this.#names.length, rows: this.#rows.size }; }

  text() {
    const terms = (list) => {
      const lines = [];
      for (let i = 0; i < list.length; i += 12) {
        lines.push("  " + list.slice(i, i + 12).map(([n, c]) => `${n < 0 ? "-" : "+"} ${Math.abs(n)} ${this.#names[c]}`).join(" "));
      }
      return lines.join("\n");
    };
    const kind = (k) => this.#names.filter((_, i) => this.#kinds[i] === k);
    const block = (names) => names.map((n) => "  " + n).join("\n");
    const costs = this.#costs.map((n, c) => [n, c]).filter(([n]) => n !== 0);
    let row = 0;
    return [
      "Maximize", " objective:", terms(costs.length > 0 ? costs : [[0, 0]]),
      "Subject To", ...[...this.#rows.values()].map((r) => ` r${row++}:\n${terms(r.left)} <= ${r.bound}`),
      "Bounds", ...kind("share").map((n) => `  0 <= ${n} <= 1`),
      "General", block(kind("count")), "Binary", block(kind("binary")), "End", "",
    ].join("\n");
  }
}
