package dev.parley.hub.speakers;

import dev.parley.core.model.Capability;
import dev.parley.core.model.Target;
import dev.parley.core.recognition.Clip;
import dev.parley.core.recognition.KnownSpeaker;
import dev.parley.core.recognition.SpeakerWish;
import dev.parley.core.speakers.DiarizationCall;
import dev.parley.core.speakers.SpeakerEvent;
import dev.parley.core.speakers.VerificationCall;
import dev.parley.core.time.Clock;
import dev.parley.hub.dispatch.Accounting;
import dev.parley.hub.dispatch.CallListener;
import dev.parley.hub.dispatch.Outcomes;
import dev.parley.hub.registry.RegisteredBackend;
import dev.parley.hub.registry.Registry;
import dev.parley.hub.resilience.Candidate;
import dev.parley.hub.resilience.Execution;
import dev.parley.hub.resilience.Job;
import dev.parley.hub.routing.Plan;
import dev.parley.hub.routing.Router;
import dev.parley.hub.telemetry.CallFacts;
import dev.parley.hub.telemetry.CallRecord;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Flow;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/** Has backends answer questions about speakers. Thread-safe. */
final class SpeakerCalls {

  private final Registry registry;
  private final Accounting accounting;
  private final Clock clock;
  private final RandomGenerator random;

  SpeakerCalls(Registry registry, Accounting accounting, Clock clock, RandomGenerator random) {
    this.registry = registry;
    this.accounting = accounting;
    this.clock = clock;
    this.random = random;
  }

  /** Of a call that begins now. */
  CallRecord record(String kind, SpeakerOrder.Asker asker, String model) {
    return new CallRecord(
        new CallFacts(asker.requestId(), kind, model, false, asker.caller()), clock.nanoTime());
  }

  /** Notes that a call of {@link #record} went well. */
  void ended(CallRecord record) {
    accounting.ended(record, Outcomes.OK);
  }

  /** Where a question may go, in order. */
  List<Plan.Step> steps(Capability capability, String model, SpeakerOrder.Asker asker) {
    long now = clock.nanoTime();
    return Router.plan(
            SpeakerPlans.traits(capability, model, asker.caller()),
            registry.snapshot(),
            (backend, target) -> backend.vitals(target.model(), now),
            random.nextDouble())
        .chosen();
  }

  /** What a model is called in what callers are told. */
  static String shown(String model, Capability capability) {
    return model.isEmpty() ? "the default for " + capability.wireName() : model;
  }

  /** Who speaks when in a clip, as one of these targets says. */
  Flow.Publisher<SpeakerEvent> diarization(
      SpeakerQuestion<?> question,
      Map<Target, DiarizerStep> able,
      Clip clip,
      SpeakersWish wish,
      List<KnownSpeaker> known) {
    return execution(
        question,
        question.record(),
        Capability.DIARIZATION,
        clip.seconds(),
        able.values().stream().map(DiarizerStep::step).toList(),
        target -> {
          DiarizerStep step = step(able, target);
          return step.diarizer()
              .diarize(
                  diarizationCall(
                      question.asker(), clip, told(wish, step.knows() ? known : List.of())),
                  target);
        });
  }

  /** An exact number says all that bounds could. */
  private static SpeakerWish told(SpeakersWish wish, List<KnownSpeaker> known) {
    boolean exact = wish.exactly().isPresent();
    return new SpeakerWish(
        wish.exactly(),
        exact ? OptionalInt.empty() : wish.atLeast(),
        exact ? OptionalInt.empty() : wish.atMost(),
        known);
  }

  private static DiarizationCall diarizationCall(
      SpeakerOrder.Asker asker, Clip clip, SpeakerWish speakers) {
    return new DiarizationCall(
        clip,
        speakers,
        asker.extra(),
        asker.requestId(),
        asker.caller().visit().outgoing(asker.headers()),
        asker.caller());
  }

  /**
   * How alike two voices are, as one of these targets says.
   *
   * @param record of the call that this belongs to
   */
  Flow.Publisher<SpeakerEvent> comparison(
      SpeakerQuestion<?> question,
      CallRecord record,
      List<VerifierStep> able,
      Clip one,
      Clip other) {
    Map<Target, VerifierStep> fit =
        SpeakerPlans.longEnough(able, Math.max(one.seconds(), other.seconds()));
    SpeakerOrder.Asker asker = question.asker();
    return execution(
        question,
        record,
        Capability.SPEAKER_VERIFICATION,
        one.seconds() + other.seconds(),
        fit.values().stream().map(VerifierStep::step).toList(),
        target -> step(fit, target).verifier().verify(verificationCall(asker, one, other), target));
  }

  private static VerificationCall verificationCall(SpeakerOrder.Asker asker, Clip one, Clip other) {
    return new VerificationCall(
        one,
        other,
        asker.requestId(),
        asker.caller().visit().outgoing(asker.headers()),
        asker.caller());
  }

  private Flow.Publisher<SpeakerEvent> execution(
      SpeakerQuestion<?> question,
      CallRecord record,
      Capability capability,
      double seconds,
      List<Plan.Step> steps,
      Function<Target, Flow.Publisher<SpeakerEvent>> call) {
    SpeakerOrder.Asker asker = question.asker();
    Duration left = Duration.ofNanos(Math.max(1, question.endNanos() - clock.nanoTime()));
    Job job =
        new Job(
            shown(record.call().model(), capability),
            steps.stream().map(step -> candidate(step, capability, seconds)).toList(),
            left,
            asker.caller().priority(),
            asker.caller().key().isEmpty() ? asker.requestId() : asker.caller().key(),
            Duration.ZERO,
            Job.Resumption.NEVER,
            Optional.empty());
    return new Execution<>(
        new SpeakerWork(call), job, new CallListener(record), question.loop(), clock, random);
  }

  private static Candidate candidate(Plan.Step step, Capability capability, double seconds) {
    RegisteredBackend backend = step.backend();
    return new Candidate(
        step.target(),
        step.model().contextLength(),
        backend.state().target(step.target().model()),
        backend.state(),
        SpeakerTime.limits(backend, capability, seconds),
        backend.retry());
  }

  private static <S> S step(Map<Target, S> steps, Target target) {
    S step = steps.get(target);
    if (step == null) {
      throw new IllegalStateException("planned for another target than " + target);
    }
    return step;
  }
}
