package dev.parley.hub.recognition;

import dev.parley.core.audio.AudioEncoding;
import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.model.Target;
import dev.parley.core.recognition.RecognitionAbilities;
import dev.parley.core.spi.Recognizer;
import dev.parley.hub.recognition.order.RecognitionWish;
import dev.parley.hub.routing.Plan;
import dev.parley.hub.speakers.SpeakersWish;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where a recording may be written down: the targets that can do what is wanted, best first.
 *
 * @param model the name that the caller used, for messages
 * @param languages to expect, as tags
 * @param steps never empty
 */
record RecognitionPlan(String model, List<String> languages, List<RecognitionStep> steps) {

  /** Bytes of a file beside its samples, and the room that a form takes around it. */
  private static final int FILE_BYTES = 4_096;

  private static final int BYTES_A_SECOND = 32_000;

  RecognitionPlan {
    languages = List.copyOf(languages);
    steps = List.copyOf(steps);
  }

  /**
   * Leaves out the targets that cannot do what is wanted.
   *
   * @throws HubException when nobody can
   */
  static RecognitionPlan of(
      String model, List<Plan.Step> steps, RecognitionWish wish, List<String> languages) {
    List<RecognitionStep> able = new ArrayList<>();
    Map<Target, String> reasons = new LinkedHashMap<>();
    for (Plan.Step step : steps) {
      Optional<Recognizer> recognizer = step.backend().backend().recognition();
      if (recognizer.isEmpty()) {
        reasons.put(step.target(), "servers of its type write down no speech");
        continue;
      }
      RecognitionAbilities abilities = recognizer.get().abilities(step.target().model());
      String missing = Requirements.missing(wish, languages, abilities);
      if (missing.isEmpty()) {
        able.add(new RecognitionStep(step, recognizer.get(), abilities));
      } else {
        reasons.put(step.target(), missing);
      }
    }
    if (able.isEmpty()) {
      throw new HubException(
          new HubError.CapabilityMissing(
              model,
              String.join("; ", new LinkedHashSet<>(reasons.values())),
              "GET /v1/models shows what each model can do"));
    }
    return new RecognitionPlan(model, languages, able);
  }

  /** The same targets in the order of now; those of before where none of them is left. */
  RecognitionPlan again(List<Plan.Step> now) {
    Map<Target, RecognitionStep> known = new LinkedHashMap<>();
    steps.forEach(step -> known.put(step.target(), step));
    List<RecognitionStep> fresh = new ArrayList<>();
    for (Plan.Step step : now) {
      RecognitionStep same = known.get(step.target());
      if (same != null) {
        fresh.add(new RecognitionStep(step, same.recognizer(), same.abilities()));
      }
    }
    return fresh.isEmpty() ? this : new RecognitionPlan(model, languages, fresh);
  }

  /** Only the one that is asked first. */
  RecognitionPlan first() {
    return new RecognitionPlan(model, languages, List.of(steps.getFirst()));
  }

  /** Longest clip that every one of them takes, in seconds. */
  double secondsMax() {
    double least = RecognitionAbilities.SECONDS_MAX;
    for (RecognitionStep step : steps) {
      double bytes = (double) (step.abilities().bytesMax() - FILE_BYTES) / BYTES_A_SECOND;
      least = Math.min(least, Math.min(step.abilities().secondsMax(), bytes));
    }
    return Math.max(1, least);
  }

  /** What all of them take: only where everyone likes it better is time spent on coding. */
  AudioEncoding encoding() {
    return steps.stream().allMatch(step -> step.abilities().encoding() == AudioEncoding.FLAC)
        ? AudioEncoding.FLAC
        : AudioEncoding.WAV;
  }

  /** Whether every one of them tells when stretches were said. */
  boolean tellsSegments() {
    return steps.stream().allMatch(step -> step.abilities().segments());
  }

  /** Whether the one that is asked first tells speakers apart by itself, and knows whom it must. */
  boolean knows(SpeakersWish wish) {
    RecognitionAbilities first = steps.getFirst().abilities();
    return first.speakers() && wish.known().size() <= first.knownSpeakersMax();
  }

  /** Only those that tell speakers apart by themselves. */
  RecognitionPlan withSpeakers() {
    return new RecognitionPlan(
        model, languages, steps.stream().filter(step -> step.abilities().speakers()).toList());
  }
}
