package dev.parley.hub.recognition;

import dev.parley.core.model.Target;
import dev.parley.core.recognition.Phrase;
import dev.parley.core.recognition.RecognitionAbilities;
import dev.parley.core.recognition.RecognitionCall;
import dev.parley.core.recognition.RecognitionEvent;
import dev.parley.core.recognition.SpeakerWish;
import dev.parley.core.recognition.Transcript;
import dev.parley.hub.media.SoundPiece;
import dev.parley.hub.recognition.order.RecognitionWish;
import dev.parley.hub.resilience.Progress;
import dev.parley.hub.resilience.Work;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Flow;
import java.util.stream.Collectors;

/** One clip as the executor sees it. */
final class PieceWork implements Work<PieceEvent> {

  private final SoundPiece piece;
  private final RecognitionWish wish;
  private final List<String> languages;
  private final Optional<SpeakerWish> speakers;
  private final boolean stream;
  private final Map<Target, RecognitionStep> steps;
  private final StringBuilder told = new StringBuilder();

  /**
   * @param languages to expect, as tags
   * @param speakers present when the model is to tell speakers apart
   * @param stream whether somebody wants text while it is found
   */
  PieceWork(
      SoundPiece piece,
      RecognitionWish wish,
      List<String> languages,
      Optional<SpeakerWish> speakers,
      boolean stream,
      RecognitionPlan plan) {
    this.piece = piece;
    this.wish = wish;
    this.languages = languages;
    this.speakers = speakers;
    this.stream = stream;
    this.steps =
        plan.steps().stream().collect(Collectors.toMap(RecognitionStep::target, step -> step));
  }

  @Override
  public Flow.Publisher<PieceEvent> attempt(Target target) {
    told.setLength(0);
    // What two clips share is told when both are written down.
    return heard(target, stream && !piece.isShared());
  }

  /** Heard again as a whole; what was told of it stays, and the rest is told at the end. */
  @Override
  public Optional<Flow.Publisher<PieceEvent>> resume(Target target) {
    return Optional.of(heard(target, false));
  }

  private Flow.Publisher<PieceEvent> heard(Target target, boolean streamed) {
    RecognitionStep step = steps.get(target);
    if (step == null) {
      throw new IllegalStateException("planned for another target than " + target);
    }
    Flow.Publisher<RecognitionEvent> events =
        step.recognizer().recognize(call(step.abilities(), streamed), target);
    return subscriber -> events.subscribe(new Heard(subscriber));
  }

  private RecognitionCall call(RecognitionAbilities abilities, boolean streamed) {
    boolean times = wish.times() != RecognitionWish.Times.AS_THEY_COME || speakers.isPresent();
    return new RecognitionCall(
        piece.clip(),
        wish.task(),
        abilities.languageHints() > 1 || languages.size() == 1
            ? languages.subList(0, Math.min(languages.size(), abilities.languageHints()))
            : List.of(),
        prompt(abilities),
        abilities.phrases() ? wish.phrases() : List.of(),
        abilities.segments() && (times || abilities.words()),
        abilities.words() && (wantsWords() || piece.isShared()),
        wish.logprobs(),
        speakers,
        abilities.temperature() ? wish.temperature() : OptionalDouble.empty(),
        streamed && abilities.streams(),
        wish.extra(),
        wish.requestId(),
        wish.caller().visit().outgoing(wish.headers()),
        wish.caller());
  }

  /** Words are needed, too, to tell who said them. */
  private boolean wantsWords() {
    return wish.times() == RecognitionWish.Times.WORDS
        || (wish.speakers().isPresent() && speakers.isEmpty());
  }

  /** Phrases stand in the prompt where a model takes them in no other way. */
  private String prompt(RecognitionAbilities abilities) {
    if (abilities.phrases() || wish.phrases().isEmpty()) {
      return wish.prompt();
    }
    String phrases = wish.phrases().stream().map(Phrase::text).collect(Collectors.joining(", "));
    return wish.prompt().isEmpty() ? phrases : wish.prompt() + " " + phrases;
  }

  @Override
  public Progress progress(PieceEvent event) {
    return switch (event) {
      case PieceEvent.Opened _ -> Progress.HEAD;
      case PieceEvent.Delta _ -> Progress.OUTPUT;
      case PieceEvent.Written _ -> Progress.LAST;
    };
  }

  /** Puts what a backend says into the words of the piece. */
  private final class Heard implements Flow.Subscriber<RecognitionEvent> {

    private final Flow.Subscriber<? super PieceEvent> subscriber;

    Heard(Flow.Subscriber<? super PieceEvent> subscriber) {
      this.subscriber = subscriber;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscriber.onSubscribe(subscription);
    }

    @Override
    public void onNext(RecognitionEvent event) {
      subscriber.onNext(
          switch (event) {
            case RecognitionEvent.Opened() -> new PieceEvent.Opened();
            case RecognitionEvent.Delta(var text, var logprobs) -> {
              told.append(text);
              yield new PieceEvent.Delta(text, logprobs);
            }
            case RecognitionEvent.Answer(Transcript transcript) ->
                new PieceEvent.Written(
                    piece, transcript, Told.rest(told.toString(), transcript.text()), wantsWords());
          });
    }

    @Override
    public void onError(Throwable failure) {
      subscriber.onError(failure);
    }

    @Override
    public void onComplete() {
      subscriber.onComplete();
    }
  }
}
