package dev.parley.hub.speakers;

import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.model.Amounts;
import dev.parley.core.model.Caller;
import dev.parley.core.model.Capability;
import dev.parley.core.model.Modality;
import dev.parley.core.model.Target;
import dev.parley.core.model.Traits;
import dev.parley.core.recognition.Clip;
import dev.parley.core.speakers.DiarizationAbilities;
import dev.parley.core.spi.Diarizer;
import dev.parley.core.spi.SpeakerVerifier;
import dev.parley.hub.routing.Plan;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which targets can answer a question about speakers. Pure. */
final class SpeakerPlans {

  private static final String LISTED = "GET /v1/models shows what each model can do";
  private static final String REMEDY_FOR_KNOWN =
      "configure a model with the capability speaker_verification, such as a backend of type"
          + " pyannote, or name a model for diarization that knows speakers, such as one of a"
          + " backend of type speaches";

  private SpeakerPlans() {}

  /** What decides where a question goes. */
  static Traits traits(Capability capability, String model, Caller caller) {
    return new Traits(
        capability, model, false, Set.of(Modality.AUDIO), Set.of(), "", "", Amounts.NONE, caller);
  }

  /**
   * Leaves out the targets that cannot do what is wanted.
   *
   * @param steps where the call may go, in order
   * @param verifiable whether known speakers can be found by comparing recordings
   */
  static List<DiarizerStep> diarizers(
      String model, List<Plan.Step> steps, SpeakersWish wish, boolean verifiable) {
    List<DiarizerStep> able = new ArrayList<>();
    Set<String> reasons = new LinkedHashSet<>();
    boolean unknownOnly = true;
    for (Plan.Step step : steps) {
      Optional<Diarizer> diarizer = step.backend().backend().diarization();
      if (diarizer.isEmpty()) {
        reasons.add("its backend does not tell speakers apart");
        unknownOnly = false;
        continue;
      }
      DiarizationAbilities abilities = diarizer.get().abilities(step.target().model());
      boolean knows = abilities.knownMax() >= wish.known().size();
      if (counts(wish) && !abilities.counts()) {
        reasons.add("it cannot be told how many speakers there are");
        unknownOnly = false;
      } else if (!knows && !verifiable) {
        reasons.add(
            abilities.knownMax() == 0
                ? "it knows no speakers by their recordings"
                : "it knows at most " + abilities.knownMax() + " speakers by their recordings");
      } else {
        able.add(new DiarizerStep(step, diarizer.get(), abilities, knows));
      }
    }
    if (able.isEmpty()) {
      throw missing(model, reasons, unknownOnly ? REMEDY_FOR_KNOWN : LISTED);
    }
    return able;
  }

  private static boolean counts(SpeakersWish wish) {
    return wish.exactly().isPresent() || wish.atLeast().isPresent() || wish.atMost().isPresent();
  }

  /** Leaves out the targets that compare nothing. */
  static List<VerifierStep> verifiers(String model, List<Plan.Step> steps) {
    List<VerifierStep> able = new ArrayList<>();
    for (Plan.Step step : steps) {
      Optional<SpeakerVerifier> verifier = step.backend().backend().verification();
      verifier.ifPresent(present ->
          able.add(new VerifierStep(step, present, present.secondsMax(step.target().model()))));
    }
    if (able.isEmpty()) {
      throw missing(model, Set.of("its backend does not compare voices"), LISTED);
    }
    return able;
  }

  /** The diarizers that take a clip, in order; throws TooLarge where none does. */
  static Map<Target, DiarizerStep> taking(List<DiarizerStep> able, Clip clip) {
    Map<Target, DiarizerStep> fit = new LinkedHashMap<>();
    able.stream().filter(step -> step.takes(clip)).forEach(step -> fit.put(step.target(), step));
    if (fit.isEmpty()) {
      throw new HubException(
          new HubError.TooLarge(
              "audio", "size of a recording", able.getFirst().abilities().bytesMax()));
    }
    return fit;
  }

  /** The verifiers that take recordings of a length, in order; throws TooLarge where none does. */
  static Map<Target, VerifierStep> longEnough(List<VerifierStep> able, double seconds) {
    Map<Target, VerifierStep> fit = new LinkedHashMap<>();
    able.stream()
        .filter(step -> step.secondsMax() >= seconds)
        .forEach(step -> fit.put(step.target(), step));
    if (fit.isEmpty()) {
      throw new HubException(
          new HubError.TooLarge(
              "audio",
              "length of a recording",
              (long) able.stream().mapToDouble(VerifierStep::secondsMax).max().orElse(0),
              "seconds"));
    }
    return fit;
  }

  private static HubException missing(String model, Collection<String> reasons, String remedy) {
    return new HubException(
        new HubError.CapabilityMissing(model, String.join("; ", reasons), remedy));
  }
}
