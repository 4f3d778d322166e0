package dev.parley.hub.edge.usage;

import com.google.protobuf.Timestamp;
import dev.parley.hub.usage.UsageDesk;
import dev.parley.hub.usage.UsageFilter;
import dev.parley.hub.usage.UsageGroup;
import dev.parley.hub.usage.UsageRow;
import dev.parley.hub.usage.UsageTotal;
import dev.parley.proto.admin.v1.QueryUsageRequest;
import dev.parley.proto.admin.v1.QueryUsageResponse;
import dev.parley.proto.admin.v1.UsageRecord;
import dev.parley.proto.v1.UsageSum;
import java.util.List;

/** What was used, as messages. Waits for the database. */
public final class UsageAnswers {

  private static final int GROUPS_USUAL = 1_000;

  private UsageAnswers() {}

  /** The sums that were asked for. */
  public static QueryUsageResponse sums(UsageDesk desk, QueryUsageRequest asked) {
    UsageFilter filter = Asking.filter(asked, desk.today());
    List<UsageGroup> by = Asking.groups(asked);
    int most = asked.getGroupsMax() == 0 ? GROUPS_USUAL : asked.getGroupsMax();
    List<UsageTotal> found = desk.totals(filter, by, most);
    boolean truncated = found.size() > most;
    List<UsageTotal> told = truncated ? found.subList(0, most) : found;
    QueryUsageResponse.Builder sums =
        QueryUsageResponse.newBuilder().setCurrency(desk.currency()).setTruncated(truncated);
    told.forEach(total -> sums.addTotals(message(total)));
    told.stream()
        .reduce(UsageTotal::and)
        .ifPresent(all -> sums.setAll(message(all).toBuilder().clearGroup()));
    return sums.build();
  }

  /** Which calls are meant. */
  public static UsageFilter filter(UsageDesk desk, QueryUsageRequest asked) {
    return Asking.filter(asked, desk.today());
  }

  private static UsageSum message(UsageTotal total) {
    return UsageSum.newBuilder()
        .addAllGroup(total.group())
        .setCallCount(total.calls())
        .setErrorCount(total.errors())
        .setInputTokens(total.inputTokens())
        .setOutputTokens(total.outputTokens())
        .setCachedTokens(total.cachedTokens())
        .setReasoningTokens(total.reasoningTokens())
        .setAudioInputTokens(total.audioInputTokens())
        .setAudioOutputTokens(total.audioOutputTokens())
        .setGuessedCount(total.guessed())
        .setAudioMs(total.audioMillis())
        .setCharacterCount(total.characters())
        .setSoundBytes(total.bytes())
        .setCostMicros(total.costMicros())
        .setUnpricedCount(total.unpriced())
        .setForeignCount(total.foreign())
        .setDurationMs(total.durationMillis())
        .setFirstByteMs(total.firstByteMillis())
        .setAnsweredCount(total.answered())
        .setCacheHitCount(total.cacheHits())
        .build();
  }

  /** One call. */
  public static UsageRecord message(UsageRow row) {
    UsageRow.Used used = row.used();
    UsageRecord.Builder record =
        UsageRecord.newBuilder()
            .setId(row.id())
            .setTime(
                Timestamp.newBuilder()
                    .setSeconds(Math.floorDiv(row.atMillis(), 1_000))
                    .setNanos(Math.floorMod(row.atMillis(), 1_000) * 1_000_000))
            .setRequestId(row.requestId())
            .setKey(row.key())
            .setOwner(row.owner())
            .setKind(row.asked().kind())
            .setStream(row.asked().stream())
            .setModel(row.asked().model())
            .setBackend(row.served().backend())
            .setBackendModel(row.served().model())
            .setAttemptCount(row.served().attempts())
            .setInputTokens(used.inputTokens())
            .setOutputTokens(used.outputTokens())
            .setCachedTokens(used.cachedTokens())
            .setReasoningTokens(used.reasoningTokens())
            .setAudioInputTokens(used.audioInputTokens())
            .setAudioOutputTokens(used.audioOutputTokens())
            .setGuessed(used.guessed())
            .setAudioMs(used.audioMillis())
            .setCharacterCount(used.characters())
            .setSoundBytes(used.bytes())
            .setDurationMs(row.durationMillis())
            .setOutcome(row.outcome())
            .setCurrency(row.cost().currency())
            .setCache(row.served().cache());
    if (row.firstByteMillis() >= 0) {
      record.setFirstByteMs(row.firstByteMillis());
    }
    if (row.cost().isKnown()) {
      record.setCostMicros(row.cost().micros());
    }
    return record.build();
  }
}
