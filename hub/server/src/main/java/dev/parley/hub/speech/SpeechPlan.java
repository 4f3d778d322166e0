package dev.parley.hub.speech;

import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.model.Amounts;
import dev.parley.core.model.Capability;
import dev.parley.core.model.Modality;
import dev.parley.core.model.NearestName;
import dev.parley.core.model.Target;
import dev.parley.core.model.Traits;
import dev.parley.core.speech.SpeechText;
import dev.parley.core.speech.SynthesisAbilities;
import dev.parley.core.spi.Synthesizer;
import dev.parley.hub.registry.RegisteredBackend;
import dev.parley.hub.routing.Plan;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The targets that can speak what a call asks for, best first.
 *
 * @param model the name that was asked for
 * @param steps never empty
 */
record SpeechPlan(String model, List<SpeechStep> steps) {

  SpeechPlan {
    steps = List.copyOf(steps);
  }

  /** What decides where an order goes. */
  static Traits traits(SpeechOrder order, @Nullable SpeechText text) {
    String voice = order.voice() instanceof VoiceWish.Named(var name) ? name : "";
    Amounts amounts = text == null ? Amounts.NONE : Amounts.ofCharacters(text.text().length());
    return new Traits(
        Capability.TTS,
        order.model(),
        true,
        Set.of(Modality.TEXT),
        Set.of(Modality.AUDIO),
        order.language(),
        voice,
        amounts,
        order.caller());
  }

  /**
   * Leaves out the targets that cannot do what the order asks for; those that would speak with
   * another voice come last.
   *
   * @param steps where the call may go, in order, the engines of last resort included
   * @param there what is known of the voices of each
   * @param names of the library, for messages
   * @throws HubException when nobody can
   */
  static SpeechPlan of(
      String model,
      List<Plan.Step> steps,
      SpeechOrder order,
      @Nullable SpeechText text,
      KnownVoice voice,
      Map<Target, VoicesThere> there,
      Collection<String> names) {
    List<SpeechStep> exact = new ArrayList<>();
    List<SpeechStep> others = new ArrayList<>();
    Map<Target, String> reasons = new LinkedHashMap<>();
    boolean unknownOnly = true;
    for (Plan.Step step : steps) {
      Optional<Synthesizer> speech = step.backend().backend().speech();
      String missing = speech.isEmpty() ? "it does not speak" : "";
      if (speech.isPresent()) {
        SynthesisAbilities abilities = speech.get().abilities(step.target().model());
        missing = Suitability.missing(order, text, abilities);
        if (missing.isEmpty()) {
          VoiceThere fit =
              new VoiceFit(
                      there.getOrDefault(step.target(), VoicesThere.NOT_TOLD),
                      abilities,
                      order.language())
                  .of(voice);
          if (fit instanceof VoiceThere.Impossible(var why, boolean unknown)) {
            missing = why;
            unknownOnly &= unknown;
          } else {
            SpeechStep able = new SpeechStep(step, speech.get(), abilities, fit);
            (able.isExact() ? exact : others).add(able);
            continue;
          }
        } else {
          unknownOnly = false;
        }
      } else {
        unknownOnly = false;
      }
      reasons.put(step.target(), missing);
    }
    exact.addAll(others);
    if (exact.isEmpty()) {
      throw new HubException(cannot(model, voice, reasons, unknownOnly, there, names));
    }
    return new SpeechPlan(model, exact);
  }

  private static HubError cannot(
      String model,
      KnownVoice voice,
      Map<Target, String> reasons,
      boolean unknownOnly,
      Map<Target, VoicesThere> there,
      Collection<String> names) {
    String unknown = unknownOnly ? unknownName(voice, there) : "";
    if (!unknown.isEmpty()) {
      Set<String> all = new LinkedHashSet<>(names);
      for (VoicesThere voices : there.values()) {
        all.addAll(voices.names().keySet());
        voices.presets().ifPresent(presets -> presets.forEach(preset -> all.add(preset.name())));
      }
      return new HubError.NotFound(
          HubError.NotFound.Kind.VOICE, unknown, NearestName.of(unknown, all));
    }
    return new HubError.CapabilityMissing(
        model,
        String.join("; ", new LinkedHashSet<>(reasons.values())),
        "GET /v1/models shows what each model can do");
  }

  private static String unknownName(KnownVoice voice, Map<Target, VoicesThere> there) {
    return switch (voice) {
      case KnownVoice.Foreign(var name) -> name;
      case KnownVoice.Blend blend ->
          blend.shares().stream()
              .map(KnownVoice.Blend.Share::voice)
              .map(KnownVoice::shownName)
              .filter(name -> there.values().stream().noneMatch(v -> v.own(name).isPresent()))
              .findFirst()
              .orElse("");
      case KnownVoice.Usual _, KnownVoice.Library _, KnownVoice.OneOff _, KnownVoice.Described _ ->
          "";
    };
  }

  /** The same targets as they stand now, whoever spoke last first as long as it is well. */
  SpeechPlan again(List<Plan.Step> now, Optional<Target> last) {
    Map<Target, SpeechStep> able = new LinkedHashMap<>();
    steps.forEach(step -> able.put(step.target(), step));
    List<SpeechStep> exact = new ArrayList<>();
    List<SpeechStep> others = new ArrayList<>();
    for (Plan.Step step : now) {
      SpeechStep known = able.remove(step.target());
      if (known != null) {
        SpeechStep fresh = new SpeechStep(step, known.speech(), known.abilities(), known.voice());
        List<SpeechStep> row = fresh.isExact() ? exact : others;
        boolean first =
            last.isPresent() && last.get().equals(step.target()) && step.role() == Plan.Role.READY;
        row.add(first ? 0 : row.size(), fresh);
      }
    }
    exact.addAll(others);
    return exact.isEmpty() ? this : new SpeechPlan(model, exact);
  }

  /**
   * Those that the operator's names lead to; the engines of last resort where there are no others.
   */
  List<SpeechStep> meant() {
    List<SpeechStep> meant =
        steps.stream().filter(step -> !step.step().backend().isBuiltIn()).toList();
    return meant.isEmpty() ? steps : meant;
  }

  /** Whoever is asked first. */
  RegisteredBackend backend() {
    return steps.getFirst().step().backend();
  }

  /** How its targets want the text of an order. */
  Script.Cutting cutting(SpeechOrder order, @Nullable SpeechText text) {
    return PieceRules.cutting(
        text,
        order.split(),
        order.language(),
        meant().stream().map(SpeechStep::abilities).toList());
  }

  /** How many pieces are under way at most. */
  int aheadMax() {
    return PieceRules.aheadMax(
        backend().bulkhead().concurrency(), steps.getFirst().abilities().streams());
  }

  /** What is spoken ahead does not stand in line before what somebody waits for. */
  boolean hasRoomAhead() {
    var bulkhead = backend().bulkhead();
    return bulkhead.queued() < bulkhead.concurrency();
  }
}
