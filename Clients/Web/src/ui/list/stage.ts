export interface Elements {
  readonly scroller: HTMLElement;
  /** As high as all rows. */
  readonly list: HTMLElement;
  /** Those that are drawn, one below the other. */
  readonly drawn: HTMLElement;
}

export interface Told {
  scrolled(): void;
  resized(): void;
}

/** The elements of a list: what is asked of them, and what they are told. */
export class Stage {
  viewport = 0;
  width = 0;
  /** Whether a row that is not in line stands before those that are. */
  before = 0;
  private told = { height: -1, hangs: false, edge: -1 };

  constructor(private readonly elements: Elements) {}

  listen(to: Told): () => void {
    const { scroller, drawn } = this.elements;
    const sizes = new ResizeObserver(() => to.resized());
    sizes.observe(scroller);
    sizes.observe(drawn);
    const scrolled = (): void => to.scrolled();
    scroller.addEventListener("scroll", scrolled, { passive: true });
    return () => {
      sizes.disconnect();
      scroller.removeEventListener("scroll", scrolled);
    };
  }

  /** Looks how large it is: whether it is otherwise than before. */
  look(): "same" | "other" | "wider" {
    const { clientHeight, clientWidth } = this.elements.scroller;
    const isOther = clientHeight !== this.viewport;
    const isWider = clientWidth !== this.width;
    [this.viewport, this.width] = [clientHeight, clientWidth];
    return isWider ? "wider" : isOther ? "other" : "same";
  }

  heights(count: number): number[] {
    const heights: number[] = [];
    for (let index = this.before; index < this.before + count; index++) {
      const row = this.elements.drawn.children[index];
      if (row) heights.push(row.getBoundingClientRect().height);
    }
    return heights;
  }

  /** Where those that are drawn stand, or, counted from the other end, hang. Nothing is told twice. */
  place(height: number, hangs: boolean, edge: number): void {
    const { told } = this;
    const { list, drawn } = this.elements;
    if (told.height !== height) list.style.height = `${height}px`;
    if (told.hangs !== hangs || told.edge !== edge) {
      drawn.style.top = hangs ? "auto" : `${edge}px`;
      drawn.style.bottom = hangs ? `${edge}px` : "auto";
    }
    this.told = { height, hangs, edge };
  }

  get top(): number {
    return this.elements.scroller.scrollTop;
  }

  /** Scrolls as near to there as it gets, and tells where that is. */
  scrollTo(top: number): number {
    this.elements.scroller.scrollTop = top;
    return this.top;
  }

  /** From where it is: it may have been scrolled since the last event that told so. */
  scrollBy(top: number): void {
    this.elements.scroller.scrollBy({ top, behavior: "instant" });
  }
}
