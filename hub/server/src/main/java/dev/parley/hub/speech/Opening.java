package dev.parley.hub.speech;

import dev.parley.core.model.Target;
import dev.parley.hub.media.Media;
import dev.parley.hub.media.VoicedStream;
import dev.parley.hub.resilience.Turn;
import dev.parley.hub.routing.Plan;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Flow;
import java.util.function.Consumer;

/** Finds out whose voice and which targets, then lets the speaker begin. On the caller's loop. */
final class Opening {

  /** What of the desk it makes use of. */
  record Parts(
      SpeechCalls calls, Media media, VoiceSource voices, Presets presets, KeptVoices kept) {}

  private final SpeechCall call;
  private final Speaker speaker;
  private final Parts parts;
  private final PassingVoices passing;

  Opening(SpeechCall call, Speaker speaker, Parts parts) {
    this.call = call;
    this.speaker = speaker;
    this.parts = parts;
    this.passing = new PassingVoices(parts.kept());
  }

  void begin() {
    speaker.atTheEnd(passing::end);
    guarded(() -> {
      List<Plan.Step> steps = parts.calls().steps(call);
      then(VoiceFinder.known(call.order().voice(), parts.voices()), voice -> voiced(voice, steps));
    });
  }

  private void voiced(KnownVoice voice, List<Plan.Step> steps) {
    boolean asks = voice instanceof KnownVoice.Foreign || voice instanceof KnownVoice.Blend;
    then(
        asks ? presetsOf(steps) : CompletableFuture.completedFuture(Map.of()),
        known ->
            then(
                asks ? parts.voices().names() : CompletableFuture.completedFuture(List.of()),
                names -> planned(voice, steps, known, names)));
  }

  private CompletableFuture<Map<Target, VoicesThere>> presetsOf(List<Plan.Step> steps) {
    Map<Target, VoicesThere> there = new ConcurrentHashMap<>();
    List<CompletableFuture<Void>> asked = new ArrayList<>();
    for (Plan.Step step : steps) {
      asked.add(
          parts
              .presets()
              .of(step.backend(), step.target().model())
              .thenAccept(told -> there.put(step.target(), OperatorVoices.there(step, told))));
    }
    return CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new)).thenApply(_ -> there);
  }

  private void planned(
      KnownVoice voice,
      List<Plan.Step> steps,
      Map<Target, VoicesThere> known,
      Collection<String> names) {
    Map<Target, VoicesThere> there = new HashMap<>(known);
    for (Plan.Step step : steps) {
      there.computeIfAbsent(step.target(), _ -> OperatorVoices.there(step, Optional.empty()));
    }
    SpeechOrder order = call.order();
    SpeechPlan plan =
        SpeechPlan.of(call.modelName(), steps, order, call.text(), voice, there, names);
    call.script().planned(plan.cutting(order, call.text()));
    VoicedStream voiced = parts.media().voiced(order.format(), order.gainDb(), call.loop());
    speaker.begin(
        new Speaker.Parts(
            call.script(), (piece, turn) -> gate(plan, piece, turn), plan.aheadMax(), voiced));
  }

  private Flow.Publisher<Part> gate(SpeechPlan plan, Unit.Piece piece, Turn turn) {
    Unit.Piece spoken = Aliases.applied(piece, call.order().pronunciations());
    return new Gate(
        piece,
        turn,
        plan::hasRoomAhead,
        () -> parts.calls().execution(call, plan, spoken, passing));
  }

  private <T> void then(CompletableFuture<T> future, Consumer<T> next) {
    var _ =
        future.whenCompleteAsync(
            (value, failure) -> {
              if (speaker.isOver()) {
                return;
              }
              if (failure != null) {
                speaker.fail(
                    failure instanceof CompletionException wrapped && wrapped.getCause() != null
                        ? wrapped.getCause()
                        : failure);
              } else {
                guarded(() -> next.accept(value));
              }
            },
            call.loop());
  }

  private void guarded(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException e) {
      speaker.fail(e);
    }
  }
}
