import { patienceOf, within } from '../../redis/patience.ts';
import { Alarm } from './alarm.ts';
import type { AskForPlaces, Grant } from './in-redis.ts';
import { LIVE_PART, Share, type Sharer, type ShareOptions } from './share.ts';
import { Told } from './told.ts';

export interface SharedOptions extends ShareOptions {
  readonly ask: AskForPlaces;
  readonly sharer: Sharer;
  readonly now: () => number;
}

/** A place is kept this long for a call that is expected, as a part of a window. */
const KEPT_PART = 1 / 5;
/** How often a failing Redis is asked again, as a part of a window. */
const AGAIN_PART = 1 / 50;

/**
 * What an instance may use of a company's quota where instances share it: the places that Redis grants it, asked for when
 * calls wait for them. A place is held from then on until its call does not count any more, as in `window.ts`.
 *
 * Who waits for Redis waits 50 ms at the most, all of a request's calls together. Then, or where Redis fails, the
 * company's calls go by the fixed part until Redis tells more. For a while after each change they take no more than both
 * ways of counting allow: others may not have changed yet.
 */
export class SharedShare extends Share {
  readonly #options: SharedOptions;
  readonly #now: () => number;
  readonly #told: Told;
  /** Places that calls may take, and until when; below 0 where calls went by the fixed part since it was asked. */
  #granted = 0;
  #keptUntil = -Infinity;
  #asking: Promise<void> | undefined;
  #nextAskAt = -Infinity;
  /** A pause that others are to be told of. */
  #pauseUntil = -Infinity;
  readonly #alarm = new Alarm(() => this.#wake());

  constructor(options: SharedOptions) {
    super(options);
    this.#options = options;
    this.#now = options.now;
    this.#told = new Told(this.pace);
  }

  override get isFailing(): boolean {
    return this.#told.isFailing;
  }

  protected override get places(): number {
    if (this.isFailing) return super.places;
    return this.#told.at(this.#now())?.entitled ?? this.pace.limit;
  }

  override get most(): number {
    return this.pace.usual;
  }

  override get liveLimit(): number {
    if (this.isFailing) return super.liveLimit;
    return Math.max(1, Math.floor((this.pace.limit * LIVE_PART) / this.#told.instances));
  }

  override get taken(): number {
    return this.#told.takenAt(this.#now());
  }

  override free(now: number): number {
    const kept = this.#keptAt(now);
    if (!this.#told.isByPart(now)) return kept;
    const part = Math.min(this.pace.butSpare(this.part), this.#told.boundAt(now));
    const own = part - this.newcomers.kept(part, now) - this.window.used(now);
    return this.isFailing ? own : Math.min(own, kept);
  }

  override isFull(now: number): boolean {
    return this.#told.isLimited && this.free(now) <= 0;
  }

  override take(): void {
    this.#granted -= 1;
    // Nobody waits, so nobody else asks whether Redis answers again.
    if (this.isFailing) this.watch();
  }

  override watch(owner?: object): void {
    if (this.#lacks <= 0) return;
    if (this.#now() >= this.#nextAskAt) this.#begin();
    const asking = this.#asking;
    if (owner === undefined || asking === undefined || this.isFailing) return;
    void patienceOf(owner).spend(async (ms) => {
      await within(asking, ms);
      if (asking === this.#asking) this.#fail();
    });
  }

  override nextMs(now: number): number {
    // The answer comes by itself.
    if (this.#asking !== undefined) return this.pace.windowMs;
    if (this.#lacks > 0 && !this.isFailing) return Math.max(1, this.#nextAskAt - now);
    const next = this.isFailing ? this.#nextAskAt : this.#keptUntil;
    return Math.max(1, Math.min(next, this.window.next(now) ?? Infinity) - now);
  }

  protected override get standsFor(): number {
    return this.isFailing ? super.standsFor : 1;
  }

  protected override answeredAt(now: number): number {
    return super.answeredAt(now) + (this.#told.at(now)?.answered ?? 0);
  }

  override pause(ms: number): void {
    this.#pauseUntil = this.#now() + ms;
    this.#begin();
  }

  #keptAt(now: number): number {
    return now < this.#keptUntil ? this.#granted : 0;
  }

  /** How many places are missing. */
  get #lacks(): number {
    return this.isFailing ? 1 : this.#options.sharer.demand() - this.#keptAt(this.#now());
  }

  #begin(): void {
    if (this.#asking !== undefined) return;
    // What the calls of one moment want is asked for together.
    const asked = new Promise(setImmediate).then(() => this.#ask());
    this.#asking = asked.finally(() => {
      this.#asking = undefined;
      this.#options.sharer.changed(false);
      if (!this.isFailing && this.#pauseUntil > this.#now()) this.#begin();
    });
  }

  async #ask(): Promise<void> {
    const now = this.#now();
    const { limit } = this.pace;
    const wasFailing = this.isFailing;
    const demand = this.#options.sharer.demand();
    this.#granted = Math.max(0, Math.min(this.#keptAt(now), demand));
    this.#keptUntil = now + this.pace.windowMs * KEPT_PART;
    const wanted = demand - this.#granted;
    const pauseUntil = this.#pauseUntil;
    const { agreed } = this.#told;
    // What was learnt from a part tells little of the whole.
    const told = wasFailing ? agreed.limit : limit;
    try {
      const grant = await this.#options.ask({
        spent: this.window.left(now),
        held: this.window.held + this.#granted,
        heldMs: this.#told.countsMs,
        wanted,
        kept: this.newcomers.kept(limit, now) + this.pace.spareOf(limit),
        limit: told,
        isLearnt: told !== agreed.limit,
        version: agreed.version,
        pauseMs: Math.max(0, pauseUntil - now),
      });
      if (this.#pauseUntil === pauseUntil) this.#pauseUntil = -Infinity;
      // What was learnt meanwhile is told the next time, unless another has learnt that it is less.
      const isNews = grant.limit !== told && grant.limit < this.pace.limit;
      if (wasFailing || isNews || this.pace.limit === limit) this.pace.adopt(grant.limit);
      this.#note(grant, wanted);
    } catch {
      this.#fail();
    }
  }

  #note(grant: Grant, wanted: number): void {
    const now = this.#now();
    const [before, keptMs] = [this.limit, this.pace.windowMs * KEPT_PART];
    this.#granted = Math.max(0, this.#granted + grant.granted);
    this.#keptUntil = now + keptMs;
    this.#told.note(grant, { wanted, mine: this.window.used(now) + this.#granted, now });
    this.#nextAskAt = now + this.#told.againMs((this.window.next(now) ?? Infinity) - now);
    if (this.#granted > 0) this.#alarm.set(keptMs);
    if (grant.pauseMs > 0) this.#options.sharer.pause(grant.pauseMs);
    if (this.#told.isLimited && this.limit < before) this.#options.sharer.changed(true);
  }

  #fail(): void {
    const againMs = this.pace.windowMs * AGAIN_PART;
    this.#told.fail(this.#now());
    this.#nextAskAt = this.#now() + againMs;
    this.#alarm.set(againMs);
    this.#options.sharer.changed(false);
  }

  /** Gives back what was kept for calls that have not come, or tries whether Redis answers again. */
  #wake(): void {
    const leftMs = this.#keptUntil - this.#now();
    if (this.#granted > 0 && leftMs > 0) this.#alarm.set(leftMs);
    else if (this.#granted > 0) this.#begin();
    this.#options.sharer.changed(false);
  }
}
