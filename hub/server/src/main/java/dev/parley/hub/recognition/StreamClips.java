package dev.parley.hub.recognition;

import dev.parley.core.error.HubException;
import dev.parley.core.model.Amounts;
import dev.parley.core.model.Priority;
import dev.parley.core.recognition.Clip;
import dev.parley.core.recognition.RecognitionUsage;
import dev.parley.core.recognition.Transcript;
import dev.parley.core.time.Clock;
import dev.parley.hub.dispatch.CallListener;
import dev.parley.hub.media.SoundPiece;
import dev.parley.hub.recognition.live.ClipRecognizer;
import dev.parley.hub.recognition.order.RecognitionWish;
import dev.parley.hub.resilience.Bulkhead;
import dev.parley.hub.resilience.Execution;
import dev.parley.hub.resilience.Job;
import dev.parley.hub.telemetry.CallRecord;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.ScheduledExecutorService;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Has the clips of one live stream written down: each is a call of its own, so a backend that dies
 * costs a delay. Belongs to the caller's event loop.
 */
final class StreamClips implements ClipRecognizer {

  /** How long somebody who waits for a final is told nothing before it counts as lost. */
  private static final Duration FINAL_PATIENCE = Duration.ofMinutes(5);

  /** An interim that comes later than this is of no use. */
  private static final Duration INTERIM_PATIENCE = Duration.ofSeconds(10);

  private static final int HINT_CHARS_MAX = 200;

  private final RecognitionWish wish;
  private final RecognitionTargets targets;
  private final CallRecord record;
  private final ScheduledExecutorService loop;
  private final Clock clock;
  private final RandomGenerator random;
  private final LiveStretches live;
  private RecognitionPlan plan;

  /** What the backends say that all clips took, those for interims included. */
  private RecognitionUsage used = RecognitionUsage.UNKNOWN;

  /**
   * @param plan where clips may go
   */
  StreamClips(
      RecognitionWish wish,
      RecognitionPlan plan,
      RecognitionTargets targets,
      CallRecord record,
      ScheduledExecutorService loop,
      Clock clock,
      RandomGenerator random) {
    this.wish = wish;
    this.plan = plan;
    this.targets = targets;
    this.record = record;
    this.loop = loop;
    this.clock = clock;
    this.random = random;
    this.live = new LiveStretches(wish, record, loop, clock);
  }

  @Override
  public CompletableFuture<Transcript> recognize(Ask ask) {
    List<String> languages;
    try {
      languages = Tongues.tags(ask.languages());
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
    plan = plan.again(stepsNow(languages));
    return live.hear(ask, languages, plan.steps().getFirst(), () -> asClip(ask, languages));
  }

  private CompletableFuture<Transcript> asClip(Ask ask, List<String> languages) {
    Answer answer = new Answer();
    try {
      execution(ask, languages, ask.interim() ? plan.first() : plan).subscribe(answer);
    } catch (RuntimeException e) {
      answer.completeExceptionally(e);
    }
    return answer;
  }

  @Override
  public void close() {
    live.close();
  }

  private Flow.Publisher<PieceEvent> execution(
      Ask ask, List<String> languages, RecognitionPlan where) {
    Clip clip = ask.clip();
    SoundPiece piece =
        new SoundPiece(clip, List.of(new SoundPiece.Part(0, 0, clip.samples())), false);
    Job job =
        new Job(
            where.model(),
            where.steps().stream().map(step -> step.candidate(clip.seconds(), false)).toList(),
            ask.interim() ? INTERIM_PATIENCE : FINAL_PATIENCE,
            ask.interim() ? Priority.BATCH : wish.caller().priority(),
            wish.caller().key().isEmpty() ? wish.requestId() : wish.caller().key(),
            Duration.ZERO,
            Job.Resumption.NEVER,
            Optional.empty());
    return new Execution<>(
        new PieceWork(piece, clipWish(ask, where), languages, Optional.empty(), false, where),
        job,
        new CallListener(record),
        loop,
        clock,
        random);
  }

  /** What was said right before helps a model that takes a prompt, and is no condition. */
  private RecognitionWish clipWish(Ask ask, RecognitionPlan where) {
    boolean prompts =
        where.steps().stream().allMatch(step -> step.abilities().prompt())
            && !ask.before().isEmpty();
    if (!prompts) {
      return wish.with(wish.prompt(), ask.phrases());
    }
    String before = ask.before();
    String tail = before.substring(Math.max(0, before.length() - HINT_CHARS_MAX));
    return wish.with(wish.prompt().isEmpty() ? tail : wish.prompt() + " " + tail, ask.phrases());
  }

  private List<dev.parley.hub.routing.Plan.Step> stepsNow(List<String> languages) {
    try {
      return targets.steps(wish, languages, true, Amounts.NONE);
    } catch (HubException _) {
      // What a reload took away goes on for those who use it.
      return List.of();
    }
  }

  @Override
  public boolean interimsAreWhole() {
    return !live.isMeant(plan.steps().getFirst());
  }

  @Override
  public boolean hasRoom() {
    if (live.isOpen()) {
      return true;
    }
    Bulkhead bulkhead = plan.steps().getFirst().step().backend().bulkhead();
    return bulkhead.queued() == 0 && bulkhead.running() < bulkhead.concurrency();
  }

  @Override
  public double secondsMax() {
    return plan.secondsMax();
  }

  /** Takes the one answer of a clip. */
  private final class Answer extends CompletableFuture<Transcript>
      implements Flow.Subscriber<PieceEvent> {

    private Flow.@Nullable Subscription upstream;

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      upstream = subscription;
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(PieceEvent event) {
      if (event instanceof PieceEvent.Written written) {
        record.firstByte(clock.nanoTime());
        used = used.and(written.transcript().usage());
        if (used.hasTokens()) {
          record.usage(Writing.tokens(used));
        }
        complete(written.transcript());
      }
    }

    @Override
    public void onError(Throwable failure) {
      completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
      completeExceptionally(new IllegalStateException("a clip without an answer"));
    }

    @Override
    public boolean cancel(boolean mayInterrupt) {
      boolean cancelled = super.cancel(mayInterrupt);
      if (cancelled && upstream != null) {
        upstream.cancel();
      }
      return cancelled;
    }
  }
}
