package dev.parley.hub.speakers;

import dev.parley.core.audio.AudioEncoding;
import dev.parley.core.audio.AudioFormat;
import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.model.Capability;
import dev.parley.core.model.Target;
import dev.parley.core.recognition.Clip;
import dev.parley.core.recognition.KnownSpeaker;
import dev.parley.core.recognition.SpeakerWish;
import dev.parley.core.speakers.Diarization;
import dev.parley.core.speakers.DiarizationCall;
import dev.parley.core.speakers.SpeakerEvent;
import dev.parley.core.speakers.SpeakerTurn;
import dev.parley.core.speakers.Verification;
import dev.parley.core.speakers.VerificationCall;
import dev.parley.core.time.Clock;
import dev.parley.hub.dispatch.CallListener;
import dev.parley.hub.dispatch.Outcomes;
import dev.parley.hub.dispatch.RunningCalls;
import dev.parley.hub.media.ClipWish;
import dev.parley.hub.media.LocalSound;
import dev.parley.hub.media.Sound;
import dev.parley.hub.media.Span;
import dev.parley.hub.registry.RegisteredBackend;
import dev.parley.hub.registry.Registry;
import dev.parley.hub.resilience.Candidate;
import dev.parley.hub.resilience.Execution;
import dev.parley.hub.resilience.Job;
import dev.parley.hub.routing.Plan;
import dev.parley.hub.routing.Router;
import dev.parley.hub.telemetry.CallEnd;
import dev.parley.hub.telemetry.CallFacts;
import dev.parley.hub.telemetry.CallRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.Flow;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/** Takes questions about speakers from the edges and has backends answer them. Thread-safe. */
public final class SpeakersDesk implements Speakers {

  private static final String VOICE_EXPECTED = "the voice of one person";

  /** Two hours of WAV. */
  private static final long VOICE_BYTES_MAX = 256L << 20;

  private final Registry registry;
  private final LocalSound sounds;
  private final RunningCalls running;
  private final CallEnd log;
  private final Clock clock;
  private final RandomGenerator random;

  /** What of the hub a question makes use of. */
  public record Parts(Registry registry, LocalSound sounds, RunningCalls running, CallEnd log) {}

  /**
   * @param random draws lots between targets and the pauses between tries; thread-safe
   */
  public SpeakersDesk(Parts parts, Clock clock, RandomGenerator random) {
    this.registry = parts.registry();
    this.sounds = parts.sounds();
    this.running = parts.running();
    this.log = parts.log();
    this.clock = clock;
    this.random = random;
  }

  @Override
  public Asked<Diarization> diarize(
      SpeakerOrder.Diarize order, ScheduledExecutorService loop, Duration patience) {
    return ask(
        "diarization",
        order.asker(),
        loop,
        patience,
        (Question<Diarization> question) -> new Diarizing(question, order).begin());
  }

  @Override
  public Asked<Verification> verify(
      SpeakerOrder.Verify order, ScheduledExecutorService loop, Duration patience) {
    return ask(
        "verification",
        order.asker(),
        loop,
        patience,
        (Question<Verification> question) -> new Verifying(question, order).begin());
  }

  private <T> Asked<T> ask(
      String kind,
      SpeakerOrder.Asker asker,
      ScheduledExecutorService loop,
      Duration patience,
      Consumer<Question<T>> first) {
    CallRecord record = record(kind, asker.requestId(), asker.model());
    Told<T> told = new Told<>(record, log, loop);
    Asking<T> asking = new Asking<>(running.<T>watched(told, loop), loop);
    long end = clock.nanoTime() + Math.min(patience.toMillis(), 1L << 40) * 1_000_000;
    Question<T> question = new Question<>(asker, asking, record, loop, end);
    asking.begin(() -> first.accept(question));
    return new Asked<>(told.answer(), record);
  }

  private CallRecord record(String kind, String requestId, String model) {
    return new CallRecord(new CallFacts(requestId, kind, model, false), clock.nanoTime());
  }

  /** What belongs to one question. */
  private record Question<T>(
      SpeakerOrder.Asker asker,
      Asking<T> asking,
      CallRecord record,
      ScheduledExecutorService loop,
      long endNanos) {}

  private List<Plan.Step> steps(Capability capability, String model, SpeakerOrder.Asker asker) {
    long now = clock.nanoTime();
    return Router.plan(
            SpeakerPlans.traits(capability, model, asker.caller()),
            registry.snapshot(),
            (backend, target) -> backend.vitals(target.model(), now),
            random.nextDouble())
        .chosen();
  }

  private static String shown(String model, Capability capability) {
    return model.isEmpty() ? "the default for " + capability.wireName() : model;
  }

  private Flow.Publisher<SpeakerEvent> execution(
      Question<?> question,
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

  /** Who spoke when, step by step. */
  private final class Diarizing {

    private final Question<Diarization> question;
    private final SpeakerOrder.Diarize order;
    private final List<KnownSpeaker> known = new ArrayList<>();

    Diarizing(Question<Diarization> question, SpeakerOrder.Diarize order) {
      this.question = question;
      this.order = order;
    }

    void begin() {
      SpeakerOrder.Asker asker = order.asker();
      List<Plan.Step> targets = steps(Capability.DIARIZATION, asker.model(), asker);
      List<VerifierStep> verifiers =
          order.speakers().known().isEmpty() ? List.of() : verifiersThere(asker);
      List<DiarizerStep> able =
          SpeakerPlans.diarizers(
              shown(asker.model(), Capability.DIARIZATION),
              targets,
              order.speakers(),
              !verifiers.isEmpty());
      double seconds = able.stream().mapToDouble(s -> s.abilities().secondsMax()).max().orElse(0);
      long bytes = able.stream().mapToLong(s -> s.abilities().bytesMax()).max().orElse(0);
      AudioEncoding encoding = able.getFirst().abilities().encoding();
      ClipWish wish = ClipWish.of("audio", encoding, seconds, bytes);
      question
          .asking()
          .then(
              sounds.clip(order.sound(), wish),
              clipped -> {
                if (clipped.isSilent()) {
                  answer(List.of(), clipped.clip());
                } else {
                  references(0, () -> diarize(able, verifiers, clipped.clip()));
                }
              });
    }

    private List<VerifierStep> verifiersThere(SpeakerOrder.Asker asker) {
      try {
        return SpeakerPlans.verifiers("", steps(Capability.SPEAKER_VERIFICATION, "", asker));
      } catch (HubException _) {
        return List.of();
      }
    }

    private void references(int index, Runnable then) {
      List<SpeakersWish.Known> wanted = order.speakers().known();
      if (index == wanted.size()) {
        then.run();
        return;
      }
      SpeakersWish.Known next = wanted.get(index);
      question
          .asking()
          .then(
              References.of(sounds, next),
              clip -> {
                known.add(new KnownSpeaker(next.name(), clip));
                references(index + 1, then);
              });
    }

    private void diarize(List<DiarizerStep> able, List<VerifierStep> verifiers, Clip clip) {
      Map<Target, DiarizerStep> fit = new LinkedHashMap<>();
      able.stream().filter(step -> step.takes(clip)).forEach(step -> fit.put(step.target(), step));
      if (fit.isEmpty()) {
        throw new HubException(
            new HubError.TooLarge(
                "audio", "size of a recording", able.getFirst().abilities().bytesMax()));
      }
      Flow.Publisher<SpeakerEvent> asked =
          execution(
              question,
              question.record(),
              Capability.DIARIZATION,
              clip.seconds(),
              fit.values().stream().map(DiarizerStep::step).toList(),
              target -> call(step(fit, target), clip));
      question
          .asking()
          .hear(
              asked,
              event -> {
                List<SpeakerTurn> turns = turns(event);
                Target served = question.record().target();
                DiarizerStep by = served == null ? null : fit.get(served);
                if (known.isEmpty() || (by != null && by.knows())) {
                  answer(turns, clip);
                } else {
                  new Naming(question, verifiers, known, clip, turns, named -> answer(named, clip))
                      .begin();
                }
              });
    }

    private Flow.Publisher<SpeakerEvent> call(DiarizerStep step, Clip clip) {
      SpeakersWish wish = order.speakers();
      boolean exact = wish.exactly().isPresent();
      SpeakerWish speakers =
          new SpeakerWish(
              wish.exactly(),
              exact ? OptionalInt.empty() : wish.atLeast(),
              exact ? OptionalInt.empty() : wish.atMost(),
              step.knows() ? known : List.of());
      SpeakerOrder.Asker asker = order.asker();
      return step.diarizer()
          .diarize(
              new DiarizationCall(
                  clip,
                  speakers,
                  asker.extra(),
                  asker.requestId(),
                  asker.headers(),
                  asker.caller()),
              step.target());
    }

    private void answer(List<SpeakerTurn> turns, Clip clip) {
      question.asking().answer(new Diarization(turns, OptionalDouble.of(clip.seconds())));
    }
  }

  private static <S> S step(Map<Target, S> steps, Target target) {
    S step = steps.get(target);
    if (step == null) {
      throw new IllegalStateException("planned for another target than " + target);
    }
    return step;
  }

  private static List<SpeakerTurn> turns(SpeakerEvent event) {
    return switch (event) {
      case SpeakerEvent.Turns(var diarization) -> diarization.turns();
      case SpeakerEvent.Opened _, SpeakerEvent.Compared _ ->
          throw new IllegalStateException("asked for turns, answered otherwise");
    };
  }

  private static Verification verification(SpeakerEvent event) {
    return switch (event) {
      case SpeakerEvent.Compared(var verification) -> verification;
      case SpeakerEvent.Opened _, SpeakerEvent.Turns _ ->
          throw new IllegalStateException("asked for a comparison, answered otherwise");
    };
  }

  private static HubException unsupported(String field, String found, String expected) {
    return new HubException(new HubError.UnsupportedAudio(field, found, expected));
  }

  /** Finds out which labels are those of known speakers, one comparison after the other. */
  private final class Naming {

    private final Question<Diarization> question;
    private final List<VerifierStep> verifiers;
    private final List<KnownSpeaker> known;
    private final Clip clip;
    private final List<SpeakerTurn> turns;
    private final Consumer<List<SpeakerTurn>> then;
    private final List<NameChoice.Sample> samples;
    private final List<NameChoice.Likeness> alike = new ArrayList<>();
    private final CallRecord record;

    Naming(
        Question<Diarization> question,
        List<VerifierStep> verifiers,
        List<KnownSpeaker> known,
        Clip clip,
        List<SpeakerTurn> turns,
        Consumer<List<SpeakerTurn>> then) {
      this.question = question;
      this.verifiers = verifiers;
      this.known = known;
      this.clip = clip;
      this.turns = turns;
      this.then = then;
      this.samples = NameChoice.samples(turns, known.size());
      // The comparisons are a call of their own, which the diarization's record must not show.
      this.record = record("verification", question.asker().requestId(), "");
    }

    void begin() {
      sample(0);
    }

    private void sample(int index) {
      if (index == samples.size()) {
        log.ended(record, Outcomes.OK);
        then.accept(NameChoice.named(turns, NameChoice.names(alike)));
        return;
      }
      NameChoice.Sample sample = samples.get(index);
      Sound whole = Sound.of(clip.bytes(), AudioFormat.UNSTATED);
      Span span = new Span(sample.start(), OptionalDouble.of(sample.end()));
      ClipWish wish =
          new ClipWish(
              "audio", AudioEncoding.WAV, span, References.SECONDS_MAX, References.BYTES_MAX);
      question
          .asking()
          .then(sounds.clip(whole, wish), cut -> compare(index, sample.label(), cut.clip(), 0));
    }

    private void compare(int index, String label, Clip cut, int reference) {
      if (reference == known.size()) {
        sample(index + 1);
        return;
      }
      KnownSpeaker speaker = known.get(reference);
      question
          .asking()
          .hear(
              verification(question, record, verifiers, cut, speaker.reference()),
              event -> {
                Verification found = SpeakersDesk.verification(event);
                if (found.same()) {
                  alike.add(new NameChoice.Likeness(label, speaker.name(), found.similarity()));
                }
                compare(index, label, cut, reference + 1);
              });
    }
  }

  private Flow.Publisher<SpeakerEvent> verification(
      Question<?> question, CallRecord record, List<VerifierStep> able, Clip one, Clip other) {
    double longest = Math.max(one.seconds(), other.seconds());
    Map<Target, VerifierStep> fit = new LinkedHashMap<>();
    able.stream()
        .filter(step -> step.secondsMax() >= longest)
        .forEach(step -> fit.put(step.target(), step));
    if (fit.isEmpty()) {
      throw new HubException(
          new HubError.TooLarge(
              "audio",
              "length of a recording",
              (long) able.stream().mapToDouble(VerifierStep::secondsMax).max().orElse(0),
              "seconds"));
    }
    SpeakerOrder.Asker asker = question.asker();
    VerificationCall call =
        new VerificationCall(one, other, asker.requestId(), asker.headers(), asker.caller());
    return execution(
        question,
        record,
        Capability.SPEAKER_VERIFICATION,
        one.seconds() + other.seconds(),
        fit.values().stream().map(VerifierStep::step).toList(),
        target -> step(fit, target).verifier().verify(call, target));
  }

  /** Whether it is the same person, step by step. */
  private final class Verifying {

    private final Question<Verification> question;
    private final SpeakerOrder.Verify order;

    Verifying(Question<Verification> question, SpeakerOrder.Verify order) {
      this.question = question;
      this.order = order;
    }

    void begin() {
      SpeakerOrder.Asker asker = order.asker();
      List<VerifierStep> able =
          SpeakerPlans.verifiers(
              shown(asker.model(), Capability.SPEAKER_VERIFICATION),
              steps(Capability.SPEAKER_VERIFICATION, asker.model(), asker));
      double seconds = able.stream().mapToDouble(VerifierStep::secondsMax).max().orElse(0);
      voice(
          "audio1",
          order.one(),
          seconds,
          one -> voice("audio2", order.other(), seconds, other -> compare(able, one, other)));
    }

    private void voice(String field, Sound sound, double seconds, Consumer<Clip> next) {
      ClipWish wish = ClipWish.of(field, AudioEncoding.WAV, seconds, VOICE_BYTES_MAX);
      question
          .asking()
          .then(
              sounds.clip(sound, wish),
              clipped -> {
                if (clipped.isSilent()) {
                  throw unsupported(field, "nothing but silence", VOICE_EXPECTED);
                }
                next.accept(clipped.clip());
              });
    }

    private void compare(List<VerifierStep> able, Clip one, Clip other) {
      question
          .asking()
          .hear(
              verification(question, question.record(), able, one, other),
              event -> {
                Verification found = SpeakersDesk.verification(event);
                double threshold = order.threshold().orElse(found.threshold());
                question
                    .asking()
                    .answer(
                        new Verification(
                            found.similarity() >= threshold, found.similarity(), threshold));
              });
    }
  }
}
