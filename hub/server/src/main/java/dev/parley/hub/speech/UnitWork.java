package dev.parley.hub.speech;

import dev.parley.core.model.Target;
import dev.parley.core.speech.SpeechCall;
import dev.parley.core.speech.SpeechEvent;
import dev.parley.core.speech.TargetVoice;
import dev.parley.core.spi.VoiceKeeper;
import dev.parley.hub.resilience.Progress;
import dev.parley.hub.resilience.Work;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;

/** One piece of a text as the executor sees it. */
final class UnitWork implements Work<UnitEvent> {

  private final Unit.Piece piece;
  private final SpeechOrder order;
  private final Map<Target, SpeechStep> steps;
  private final KeptVoices kept;
  private final PassingVoices passing;
  private final Executor loop;

  UnitWork(
      Unit.Piece piece,
      SpeechOrder order,
      Map<Target, SpeechStep> steps,
      KeptVoices kept,
      PassingVoices passing,
      Executor loop) {
    this.piece = piece;
    this.order = order;
    this.steps = steps;
    this.kept = kept;
    this.passing = passing;
    this.loop = loop;
  }

  @Override
  public Flow.Publisher<UnitEvent> attempt(Target target) {
    SpeechStep step = steps.get(target);
    if (step == null) {
      throw new IllegalStateException("planned for another target than " + target);
    }
    return subscriber -> spoken(step).subscribe(new Heard(subscriber, step, order, piece));
  }

  /**
   * Whoever hears it leaves out what was heard already. An engine of last resort does not take over
   * in the middle of a sentence from a voice that is nothing like its own.
   */
  @Override
  public Optional<Flow.Publisher<UnitEvent>> resume(Target target) {
    SpeechStep step = steps.get(target);
    boolean fits =
        step == null
            || !step.step().backend().isBuiltIn()
            || steps.values().stream().allMatch(other -> other.step().backend().isBuiltIn());
    return fits ? Optional.of(attempt(target)) : Optional.empty();
  }

  private Flow.Publisher<SpeechEvent> spoken(SpeechStep step) {
    Map<String, String> headers = order.caller().visit().outgoing(order.headers());
    return switch (step.voice()) {
      case VoiceThere.Ready(var voice, _, _) -> call(step, voice, headers);
      case VoiceThere.ToKeep(var voice, boolean forThisCall, _) -> {
        VoiceKeeper keeper = step.speech().keeper().orElseThrow();
        String backend = step.target().backend();
        yield new KeptSpeech(
            () -> kept.name(backend, keeper, voice),
            () -> kept.lost(backend, voice),
            name -> {
              if (forThisCall) {
                passing.given(backend, keeper, voice, name);
              }
              return call(step, new TargetVoice.Kept(name), headers);
            },
            loop);
      }
      case VoiceThere.Impossible(var why, _) -> throw new IllegalStateException(why);
    };
  }

  private Flow.Publisher<SpeechEvent> call(
      SpeechStep step, TargetVoice voice, Map<String, String> headers) {
    double pace = step.paceLeft(order.speed()) == 1 ? order.speed() : 1;
    SpeechCall call =
        new SpeechCall(
            piece.text(),
            voice,
            order.language(),
            pace,
            order.instructions(),
            Aliases.others(order.pronunciations()),
            order.marks(),
            order.seed(),
            step.abilities().streams(),
            order.extra(),
            order.requestId(),
            headers,
            order.caller());
    return new OnLoop<>(step.speech().speak(call, step.target()), loop, Thread.currentThread());
  }

  @Override
  public Progress progress(UnitEvent event) {
    return switch (event) {
      case UnitEvent.Opened _ -> Progress.HEAD;
      case UnitEvent.Sound _ -> Progress.OUTPUT;
      case UnitEvent.Marks _, UnitEvent.Counted _ -> Progress.NOTHING;
    };
  }

  /** Puts what a backend says into the words of the piece. */
  private static final class Heard implements Flow.Subscriber<SpeechEvent> {

    private final Flow.Subscriber<? super UnitEvent> subscriber;
    private final SpeechStep step;
    private final SpeechOrder order;
    private final SoundLimit limit;
    private Flow.Subscription upstream = new NoSubscription();
    private boolean over;

    Heard(
        Flow.Subscriber<? super UnitEvent> subscriber,
        SpeechStep step,
        SpeechOrder order,
        Unit.Piece piece) {
      this.subscriber = subscriber;
      this.step = step;
      this.order = order;
      this.limit = new SoundLimit(step.target(), piece.text().text().length());
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      upstream = subscription;
      subscriber.onSubscribe(subscription);
    }

    @Override
    public void onNext(SpeechEvent event) {
      if (over) {
        return;
      }
      switch (event) {
        case SpeechEvent.Opened(var format, var voice) ->
            subscriber.onNext(
                new UnitEvent.Opened(
                    format,
                    step.paceLeft(order.speed()),
                    shown(voice),
                    blend(),
                    step.abilities().streams(),
                    false));
        case SpeechEvent.Sound(var bytes) -> {
          try {
            limit.count(bytes.length);
          } catch (RuntimeException e) {
            over = true;
            upstream.cancel();
            subscriber.onError(e);
            return;
          }
          subscriber.onNext(new UnitEvent.Sound(bytes));
        }
        case SpeechEvent.Marks(var marks) -> subscriber.onNext(new UnitEvent.Marks(marks));
        case SpeechEvent.Counted(var usage) -> subscriber.onNext(new UnitEvent.Counted(usage));
      }
    }

    /** The caller knows whom it asked for; it is told when somebody else speaks. */
    private String shown(String chosenThere) {
      return switch (step.voice()) {
        case VoiceThere.Ready(TargetVoice.Preset(var name), _, _) -> name;
        case VoiceThere.Ready _, VoiceThere.ToKeep _, VoiceThere.Impossible _ -> chosenThere;
      };
    }

    private String blend() {
      return switch (step.voice()) {
        case VoiceThere.Ready(_, _, var blend) -> blend;
        case VoiceThere.ToKeep(_, _, var blend) -> blend;
        case VoiceThere.Impossible _ -> "";
      };
    }

    @Override
    public void onError(Throwable failure) {
      if (!over) {
        subscriber.onError(failure);
      }
    }

    @Override
    public void onComplete() {
      if (!over) {
        subscriber.onComplete();
      }
    }
  }
}
