package dev.parley.hub.recognition.live;

import dev.parley.core.audio.TurnDetection;
import dev.parley.core.recognition.Clip;
import dev.parley.core.recognition.Phrase;
import dev.parley.hub.media.SpeechMoment;
import dev.parley.hub.recognition.live.Cuts.Cut;
import dev.parley.hub.recognition.live.LiveEvent.Heard.Kind;
import dev.parley.hub.recognition.live.TurnSettings.Mode;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Follows the sound of one stream: opens a {@link Stretch} where speech starts, has it written down
 * again while it grows, closes it where speech stops, is too long or has to be final, and says what
 * is told of it when. Its time is that of the sound: places are samples of the stream. Belongs to
 * the caller's event loop.
 */
final class Scribe implements Dictation.Taker {

  private static final int SAMPLES_PER_MS = Clip.RATE_HZ / 1_000;

  /** Sound behind the end of speech that is sent, too: the last consonant may be no louder. */
  private static final long TAIL_SAMPLES = 200 * SAMPLES_PER_MS;

  /** Speech found so early may have begun with the stream: detectors have to get used to it. */
  private static final long BEGINNING_SAMPLES = 500 * SAMPLES_PER_MS;

  /** Longest clip, whatever the backend takes: what is asked again and again must stay short. */
  private static final double CLIP_SECONDS_MAX = 30;

  /** Longest result, where neither pauses nor the caller's settings end it. */
  private static final long RESULT_SAMPLES_MAX = 300L * Clip.RATE_HZ;

  /** A stretch may be as long as this even when its result is long already. */
  private static final long SHORTEST_SAMPLES = 5L * Clip.RATE_HZ;

  /** Speech that waits to be recognised; more makes the caller wait. */
  private static final long WAITING_SAMPLES_MAX = 60L * Clip.RATE_HZ;

  private static final long UNDECIDED_SAMPLES_MAX = 5L * Clip.RATE_HZ;

  private final Dictation clips;
  private final LiveOutlet outlet;
  private final boolean interims;
  private final boolean speechEvents;
  private final SampleLine line = new SampleLine();
  private final Loudness loudness;
  private final TurnEnd turnEnd;

  /** Places up to which all has to become final, as soon as all before is decided. */
  private final ArrayDeque<Long> finalizing = new ArrayDeque<>();

  private TurnSettings turns;
  private int lagSamples;
  private @Nullable LiveResult result;
  private @Nullable Stretch open;

  /** Where the last closed stretch ended. */
  private long closedTo;

  /** Where speech stopped last, and where the silence that stopped it began. */
  private long stoppedAt;

  private long quietFrom;

  /** Where the last chunk of speech ended. */
  private long voicedTo;

  /** Whether a step is under way. */
  private boolean acting;

  private boolean speaking;

  /** What was said last in this turn. */
  private String turnText = "";

  private boolean over;

  /**
   * Nothing heard yet.
   *
   * @param order without anything open
   */
  Scribe(LiveOrder order, ClipRecognizer clips, LiveOutlet outlet) {
    this.clips = new Dictation(order, clips, line, outlet.finals(), this);
    this.outlet = outlet;
    this.interims = order.interims();
    this.speechEvents = order.speechEvents();
    this.turns = order.turns();
    this.loudness = new Loudness(threshold(turns), exitThreshold(turns));
    this.turnEnd = new TurnEnd(turns);
  }

  private static double threshold(TurnSettings settings) {
    return settings.speech().threshold().orElse(0);
  }

  private static double exitThreshold(TurnSettings settings) {
    return settings.speech().exitThreshold().orElse(0);
  }

  private static long samples(OptionalInt ms) {
    return (long) ms.orElse(0) * SAMPLES_PER_MS;
  }

  /** How many samples the detector may leave undecided until more come. */
  void lag(int samples) {
    lagSamples = samples;
  }

  /** How many samples there have been. */
  long heard() {
    return line.end();
  }

  /** How many samples are held. */
  int held() {
    return line.room();
  }

  /** Up to where everything is recognised. */
  long processed() {
    Stretch first = clips.first();
    if (first == null) {
      first = open;
    }
    return first == null ? Math.min(loudness.heard(), line.end()) : first.answeredTo();
  }

  /** Whether so much waits that no more should be heard. */
  boolean isFull() {
    return outlet.isFull()
        || clips.waitingSamples() > WAITING_SAMPLES_MAX
        || line.end() - loudness.heard() > UNDECIDED_SAMPLES_MAX;
  }

  // The sound.

  void samples(short[] samples) {
    if (!over) {
      line.append(samples);
    }
  }

  void decided(long until, float probability) {
    step(() -> {
      boolean voiced = loudness.append(until, probability);
      Stretch growing = open;
      if (voiced) {
        voicedTo = until;
        if (growing != null && turnEnd.speechStarted()) {
          tell(Kind.TURN_RESUMED, loudness.voicedStart(growing.start()), OptionalDouble.empty());
        }
      }
      finalizeWhatIsDecided();
      follow();
    });
    forget();
  }

  private void follow() {
    Stretch growing = open;
    if (growing == null || cutIfLong(growing)) {
      return;
    }
    if (loudness.voicedEnd(growing.start()) == growing.start()) {
      // A long silence before the first word is not sent.
      growing.skipTo(loudness.heard() - samples(turns.speech().prefixPaddingMs()) - lagSamples);
    } else {
      askAgain(growing);
    }
  }

  /**
   * Takes a step, and then judges what it means for the turn: not within it, as what a step tells
   * has an order.
   */
  @Override
  public void step(Runnable step) {
    if (over) {
      return;
    }
    if (acting) {
      step.run();
      return;
    }
    acting = true;
    try {
      step.run();
      judge();
    } finally {
      acting = false;
    }
  }

  private void forget() {
    Stretch growing = open;
    TurnDetection speech = turns.speech();
    long back =
        samples(speech.prefixPaddingMs())
            + samples(speech.minSpeechMs())
            + samples(speech.silenceDurationMs())
            + 2L * lagSamples;
    long from = growing == null ? loudness.heard() - back : growing.start();
    line.dropBefore(from);
    loudness.dropBefore(from);
  }

  void moment(SpeechMoment moment) {
    step(() -> {
      if (moment.starts()) {
        started(moment);
      } else {
        stopped(moment);
      }
    });
  }

  private void started(SpeechMoment moment) {
    if (turnEnd.speechStarted()) {
      tell(Kind.TURN_RESUMED, moment.sample(), OptionalDouble.empty());
    }
    tell(Kind.SPEECH_STARTED, moment.sample(), OptionalDouble.of(moment.probability()));
    speaking = true;
    voicedTo = Math.max(voicedTo, moment.decidedAt());
    LiveResult growing = result;
    if (growing != null && moment.sample() - growing.start() > RESULT_SAMPLES_MAX / 2) {
      closeResult();
    }
    long from = moment.sample() < BEGINNING_SAMPLES ? 0 : moment.sample();
    grow(stretch(Math.max(from, closedTo)));
  }

  private Stretch stretch(long from) {
    return new Stretch(Math.max(from, line.begin()), turnEnd.turn());
  }

  /** A new stretch of the result that is open, or of a new one. */
  private void grow(Stretch next) {
    LiveResult growing = result;
    if (growing == null) {
      growing = new LiveResult();
      result = growing;
    }
    growing.add(next);
    outlet.open(growing);
    open = next;
  }

  private void stopped(SpeechMoment moment) {
    tell(Kind.SPEECH_STOPPED, moment.sample(), OptionalDouble.of(moment.probability()));
    speaking = false;
    stoppedAt = moment.sample();
    quietFrom = moment.sample() - samples(turns.speech().endPaddingMs());
    turnEnd.speechStopped();
    Stretch growing = open;
    if (growing != null) {
      long voiced = voicedEnd(growing, moment.sample());
      if (voiced > growing.start()) {
        long tail = Math.min(moment.sample() + TAIL_SAMPLES, moment.decidedAt());
        close(growing, moment.sample(), Math.max(tail, moment.sample()), voiced, Long.MAX_VALUE);
      } else {
        drop(growing);
      }
    }
    if (turns.mode() != Mode.NONE) {
      closeResult();
    }
  }

  /** Where the last word of a stretch ends; not behind a place. */
  private long voicedEnd(Stretch growing, long most) {
    return Math.min(loudness.voicedEnd(growing.start()), most);
  }

  /** What was taken for speech to go on was silence. */
  private void drop(Stretch silent) {
    clips.cancel(silent);
    open = null;
    LiveResult of = result;
    if (of != null) {
      of.remove(silent);
      if (of.isEmpty()) {
        result = null;
        outlet.open(null);
      }
    }
  }

  // Cuts.

  /** Says whether it was cut. */
  private boolean cutIfLong(Stretch growing) {
    LiveResult of = result;
    if (of == null) {
      return false;
    }
    long byClip =
        growing.start() + (long) (Math.min(CLIP_SECONDS_MAX, clips.secondsMax()) * Clip.RATE_HZ);
    long longest = resultSamplesMax();
    long byResult =
        Math.max(of.start() + longest, growing.start() + Math.min(longest, SHORTEST_SAMPLES));
    Optional<Cut> found = Cuts.now(loudness, growing, Math.min(byClip, byResult), lagSamples);
    if (found.isEmpty()) {
      return false;
    }
    Stretch next = cut(growing, found.get());
    if (byResult <= byClip) {
      closeResult();
    }
    grow(next);
    return true;
  }

  /** Gives what follows. */
  private Stretch cut(Stretch growing, Cut cut) {
    return switch (cut) {
      case Cut.InPause(Loudness.Pause pause) -> {
        long first = growing.start() + 1;
        long at = Math.clamp(pause.middle(), first, Math.max(first, loudness.heard()));
        if (loudness.voicedStart(growing.start()) < at) {
          close(growing, at, at, Math.min(pause.from(), at), Math.max(pause.to(), at));
        } else {
          drop(growing);
        }
        yield stretch(at);
      }
      case Cut.Shared(long from, long to) -> {
        Stretch next = stretch(from);
        growing.share(next, to);
        close(growing, to, to, to, to);
        yield next;
      }
    };
  }

  private long resultSamplesMax() {
    int said = turns.speech().maxSpeechMs().orElse(0);
    return said == 0 || turns.mode() == Mode.NONE
        ? RESULT_SAMPLES_MAX
        : (long) said * SAMPLES_PER_MS;
  }

  // What is final.

  /** Makes final what was heard up to a place, as soon as all of it is decided. */
  void finalizeUpTo(long place) {
    step(() -> {
      Long last = finalizing.peekLast();
      if (last == null || last != place) {
        finalizing.add(place);
        finalizeWhatIsDecided();
      }
    });
  }

  private void finalizeWhatIsDecided() {
    while (!finalizing.isEmpty() && finalizing.getFirst() - loudness.heard() < lagSamples) {
      finalizeNow(finalizing.removeFirst());
    }
  }

  private void finalizeNow(long place) {
    Stretch growing = open;
    if (growing == null) {
      closeResult();
    } else {
      finalizeSpeech(growing, place);
    }
    if (turns.mode() == Mode.NONE && turnEnd.isBegun()) {
      endTurn(place);
    }
    outlet.tell(Kind.FINALIZED, place, turnEnd.turn(), OptionalDouble.empty());
  }

  private void finalizeSpeech(Stretch growing, long place) {
    long voiced = loudness.voicedEnd(growing.start());
    boolean inWord = voiced >= loudness.heard() && place > voiced;
    long wordsEnd = inWord ? place : Math.min(voiced, place);
    if (wordsEnd > growing.start()) {
      close(growing, place, place, wordsEnd, place);
      closeResult();
      grow(stretch(place));
    } else {
      drop(growing);
      closeResult();
      grow(stretch(growing.start()));
    }
  }

  private void closeResult() {
    LiveResult closed = result;
    if (closed != null) {
      result = null;
      outlet.open(null);
      outlet.close(closed);
    }
  }

  // Turns.

  /** Tells of an end of the turn that the silence so far makes likely or certain. */
  private void judge() {
    if (over || !turnEnd.isBegun() || (speaking && turns.eagerThreshold().isEmpty())) {
      return;
    }
    Stretch growing = open;
    long since = speaking ? voicedTo : quietFrom;
    long silence = Math.max(0, loudness.heard() - since);
    Optional<String> known = turnText(growing, since);
    switch (turnEnd.judge(silence / SAMPLES_PER_MS, known.map(Sentences::isWhole))) {
      case GOES_ON -> {}
      case PROBABLY_OVER -> {
        if (growing != null && since > growing.start()) {
          // What was said is final, so that the end of the turn has no other text.
          finalizeSpeech(growing, Math.min(loudness.heard(), line.end()));
        }
        tell(
            Kind.EAGER_END_OF_TURN,
            speaking ? since : stoppedAt,
            OptionalDouble.of(turnEnd.certainty()));
      }
      case OVER -> endTurn(stoppedAt);
    }
  }

  private void endTurn(long place) {
    tell(Kind.END_OF_TURN, place, OptionalDouble.empty());
    turnEnd.end();
    turnText = "";
  }

  /** What was said last in the turn; empty: not known yet. */
  private Optional<String> turnText(@Nullable Stretch growing, long since) {
    if (clips.first() != null) {
      return Optional.empty();
    }
    if (growing == null || since <= growing.start()) {
      return said(turnText);
    }
    return growing.answeredTo() >= since ? said(growing.agreement().text()) : Optional.empty();
  }

  private static Optional<String> said(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }

  private void tell(Kind kind, long sample, OptionalDouble probability) {
    if (speechEvents) {
      outlet.tell(kind, sample, turnEnd.turn(), probability);
    }
  }

  // Clips.

  private void askAgain(Stretch growing) {
    boolean wanted = interims || turns.eagerThreshold().isPresent();
    if (!wanted || growing.asked() != null) {
      return;
    }
    long now = Math.min(loudness.heard(), line.end());
    if (Pace.isDue(loudness, growing, now, turns) && clips.hasRoom()) {
      long voiced = loudness.voicedEnd(growing.start());
      // Whoever hears while somebody speaks can unhear nothing: what is behind the words waits.
      long to = clips.interimsAreWhole() ? now : Math.min(now, voiced + TAIL_SAMPLES);
      clips.askMore(growing, to, now);
    }
  }

  private void close(Stretch growing, long end, long clipTo, long voiced, long resumes) {
    open = null;
    closedTo = end;
    clips.close(growing, end, clipTo, voiced, resumes);
  }

  @Override
  public void read(Stretch about) {
    LiveResult growing = result;
    if (growing != null && (growing.has(about) || growing.has(about.following()))) {
      growing.change();
    }
    outlet.drain();
    if (about.isOpen()) {
      askAgain(about);
    }
  }

  @Override
  public void written(Stretch done, String text) {
    turnText = done.turn() == turnEnd.turn() ? text : turnText;
  }

  @Override
  public void failed(Stretch about, Throwable cause) {
    about.fail(cause);
    LiveResult growing = result;
    if (growing != null && growing.has(about)) {
      // Nothing can come of it any more.
      closeResult();
    }
    outlet.drain();
  }

  // The stream.

  /** Other settings from here on; what is empty stays. */
  void update(
      Optional<List<Phrase>> otherPhrases,
      Optional<List<String>> otherLanguages,
      Optional<TurnSettings> otherTurns) {
    clips.expect(otherPhrases, otherLanguages);
    otherTurns.ifPresent(changed ->
        step(() -> {
          turns = changed;
          turnEnd.change(changed);
          loudness.bounds(threshold(changed), exitThreshold(changed));
          if (open == null && changed.mode() != Mode.NONE) {
            closeResult();
          }
        }));
  }

  /** All was heard. */
  void finish() {
    step(this::end);
  }

  private void end() {
    while (!finalizing.isEmpty()) {
      finalizeNow(finalizing.removeFirst());
    }
    Stretch growing = open;
    if (growing != null) {
      long voiced = voicedEnd(growing, line.end());
      if (voiced > growing.start()) {
        close(growing, line.end(), line.end(), voiced, Long.MAX_VALUE);
      } else {
        drop(growing);
      }
    }
    closeResult();
    if (turnEnd.isBegun()) {
      endTurn(stoppedAt);
    }
    outlet.finish(line.end());
  }

  /** The sound cannot be read any further; what was said before is told before. */
  void broken(Throwable failure) {
    if (over) {
      return;
    }
    Stretch growing = open;
    if (growing != null) {
      drop(growing);
    }
    closeResult();
    outlet.fail(failure);
  }

  /** Nobody listens any more. */
  void close() {
    if (over) {
      return;
    }
    over = true;
    Stretch growing = open;
    if (growing != null) {
      clips.cancel(growing);
    }
    finalizing.clear();
    clips.end();
  }
}
