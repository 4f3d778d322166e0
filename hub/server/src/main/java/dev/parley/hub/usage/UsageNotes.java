package dev.parley.hub.usage;

import dev.parley.core.model.Caller;
import dev.parley.core.model.Target;
import dev.parley.core.model.TokenUsage;
import dev.parley.core.time.Clock;
import dev.parley.hub.telemetry.CallEnd;
import dev.parley.hub.telemetry.CallRecord;
import dev.parley.hub.telemetry.SoundCall;
import dev.parley.hub.telemetry.SoundEnd;
import java.util.function.Consumer;

/** Makes a row of each call that ends. Thread-safe; never waits. */
public final class UsageNotes implements CallEnd, SoundEnd {

  private final Consumer<UsageRow> ledger;
  private final RowIds ids;
  private final String currency;
  private final Clock clock;

  /**
   * @param ledger takes the rows, without waiting
   * @param currency of all prices
   */
  public UsageNotes(Consumer<UsageRow> ledger, RowIds ids, String currency, Clock clock) {
    this.ledger = ledger;
    this.ids = ids;
    this.currency = currency;
    this.clock = clock;
  }

  @Override
  public void ended(CallRecord record, String outcome) {
    long now = clock.epochMillis();
    Caller caller = record.call().caller();
    ledger.accept(
        new UsageRow(
            ids.next(now),
            now,
            record.call().requestId(),
            caller.key(),
            caller.owner(),
            new UsageRow.Asked(record.call().kind(), record.call().model(), record.call().stream()),
            served(record),
            used(record),
            record.firstByteMillis(),
            (clock.nanoTime() - record.startNanos()) / 1_000_000,
            outcome,
            record.costMicros() < 0
                ? UsageRow.Cost.UNKNOWN
                : new UsageRow.Cost(record.costMicros(), currency)));
  }

  private static UsageRow.Served served(CallRecord record) {
    Target target = record.target();
    return target == null
        ? new UsageRow.Served("", "", record.attempts(), record.cache())
        : new UsageRow.Served(target.backend(), target.model(), record.attempts(), record.cache());
  }

  private static UsageRow.Used used(CallRecord record) {
    TokenUsage tokens = record.usage();
    long sound = Math.max(0, record.audioMillis());
    long characters = Math.max(0, record.characters());
    return tokens == null
        ? new UsageRow.Used(0, 0, 0, 0, 0, 0, false, sound, characters, 0)
        : new UsageRow.Used(
            input(tokens),
            known(tokens.completion()),
            known(tokens.cached()),
            known(tokens.reasoning()),
            known(tokens.audioIn()),
            known(tokens.audioOut()),
            record.isGuess(),
            sound,
            characters,
            0);
  }

  /** Some backends only say how many they are together. */
  private static long input(TokenUsage tokens) {
    return tokens.prompt() >= 0
        ? tokens.prompt()
        : Math.max(0, tokens.total() - known(tokens.completion()));
  }

  private static long known(long count) {
    return Math.max(0, count);
  }

  @Override
  public void ended(SoundCall call, String outcome, long millis) {
    long now = clock.epochMillis();
    ledger.accept(
        new UsageRow(
            ids.next(now),
            now,
            call.requestId(),
            call.caller().key(),
            call.caller().owner(),
            new UsageRow.Asked(call.call(), call.model(), false),
            UsageRow.Served.NOBODY,
            UsageRow.Used.ofBytes(call.bytes()),
            -1,
            millis,
            outcome,
            UsageRow.Cost.UNKNOWN));
  }
}
