package dev.parley.hub.edge.usage;

import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.model.Caller;
import dev.parley.hub.limits.Left;
import dev.parley.hub.limits.Limits;
import dev.parley.hub.usage.UsageDesk;
import dev.parley.proto.admin.v1.QueryUsageRequest;
import dev.parley.proto.admin.v1.QueryUsageResponse;
import dev.parley.proto.v1.GetUsageRequest;
import dev.parley.proto.v1.GetUsageResponse;
import dev.parley.proto.v1.Remaining;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;

/**
 * Tells callers what their own key used and what is left for it, and never anything of another.
 * Thread-safe and never waits.
 */
public final class OwnUsage {

  /** Administrators ask now and then; of callers there are many, who share the database. */
  private static final int ASKED_AT_A_TIME = 16;

  private static final Duration RETRY = Duration.ofSeconds(1);

  private final UsageDesk desk;
  private final Limits limits;
  private final Semaphore places = new Semaphore(ASKED_AT_A_TIME);

  public OwnUsage(UsageDesk desk, Limits limits) {
    this.desk = desk;
    this.limits = limits;
  }

  /**
   * The sums that this caller asked for. Fails with InvalidRequest, Overloaded, or as the database
   * does.
   *
   * @param threads may wait for the database
   */
  public CompletableFuture<GetUsageResponse> of(
      Caller caller, GetUsageRequest asked, Executor threads) {
    if (!places.tryAcquire()) {
      return CompletableFuture.failedFuture(
          new HubException(
              new HubError.Overloaded("too many ask what they used at the same time", RETRY)));
    }
    QueryUsageRequest query = query(caller, asked);
    CompletableFuture<GetUsageResponse> answer;
    try {
      answer =
          CompletableFuture.supplyAsync(() -> UsageAnswers.sums(desk, query), threads)
              .thenCombine(limits.left(caller), (sums, left) -> answer(caller, sums, left));
    } catch (RuntimeException e) {
      answer = CompletableFuture.failedFuture(e);
    }
    return answer.whenComplete((_, _) -> places.release());
  }

  /** The administrators' question that has this answer; which key is meant, nobody can say. */
  private static QueryUsageRequest query(Caller caller, GetUsageRequest asked) {
    QueryUsageRequest.Builder query =
        QueryUsageRequest.newBuilder()
            .addAllGroupBy(asked.getGroupByList())
            .setFrom(asked.getFrom())
            .setTo(asked.getTo())
            .setKey(caller.key())
            .setGroupsMax(asked.getGroupsMax());
    if (asked.hasModel()) {
      query.setModel(asked.getModel());
    }
    if (asked.hasBackend()) {
      query.setBackend(asked.getBackend());
    }
    if (asked.hasKind()) {
      query.setKind(asked.getKind());
    }
    if (asked.hasOutcome()) {
      query.setOutcome(asked.getOutcome());
    }
    return query.build();
  }

  private static GetUsageResponse answer(Caller caller, QueryUsageResponse sums, List<Left> left) {
    GetUsageResponse.Builder answer =
        GetUsageResponse.newBuilder()
            .setKey(caller.key())
            .setCurrency(sums.getCurrency())
            .setTruncated(sums.getTruncated())
            .addAllTotals(sums.getTotalsList());
    if (sums.hasAll()) {
      answer.setAll(sums.getAll());
    }
    left.forEach(it -> answer.addRemaining(remaining(it)));
    return answer.build();
  }

  private static Remaining remaining(Left left) {
    return Remaining.newBuilder()
        .setWhose(left.whose().name().toLowerCase(Locale.ROOT))
        .setUnit(left.unit())
        .setAmount(left.level().limit())
        .setRemaining(left.level().remaining())
        .setResetMs(left.level().reset().toMillis())
        .build();
  }
}
