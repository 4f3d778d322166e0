package dev.parley.hub.recognition.live;

import dev.parley.core.recognition.Clip;
import dev.parley.core.recognition.Phrase;
import dev.parley.core.recognition.Transcript;
import dev.parley.hub.recognition.live.Stretch.Asked;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Has the stretches of one stream written down: one that grows again and again, as somebody asks
 * for it, a closed one until there is an answer that counts. Belongs to the caller's event loop.
 */
final class Dictation {

  /** Whoever follows the stream. */
  interface Taker {

    /** Runs what an answer brings about as one of his own steps; not at all when all is over. */
    void step(Runnable step);

    /** More is known of a stretch. */
    void read(Stretch about);

    /** A stretch is written down for good, and so are all before it. */
    void written(Stretch done, String text);

    /** A closed stretch will never be written down. */
    void failed(Stretch about, Throwable cause);
  }

  private final ClipRecognizer clips;
  private final SampleLine line;
  private final Finals finals;
  private final Taker taker;
  private final LastWords lastWords = new LastWords();

  /** Closed and not written down for good yet, in order. */
  private final ArrayDeque<Stretch> pending = new ArrayDeque<>();

  private List<String> languages;
  private List<Phrase> phrases;
  private long waitingSamples;
  private boolean over;

  /**
   * Nothing asked yet.
   *
   * @param line where the sound is
   * @param finals counts what the clips took
   */
  Dictation(LiveOrder order, ClipRecognizer clips, SampleLine line, Finals finals, Taker taker) {
    this.clips = clips;
    this.line = line;
    this.finals = finals;
    this.taker = taker;
    this.languages = order.wish().languages();
    this.phrases = order.wish().phrases();
  }

  /** What to expect from here on; what is empty stays. */
  void expect(Optional<List<Phrase>> otherPhrases, Optional<List<String>> otherLanguages) {
    phrases = otherPhrases.orElse(phrases);
    languages = otherLanguages.orElse(languages);
  }

  /** The first one that is closed and not written down for good; null: there is none. */
  @Nullable Stretch first() {
    return pending.peek();
  }

  /** Samples of closed stretches that wait for their answers. */
  long waitingSamples() {
    return waitingSamples;
  }

  /** Whether an interim would be worked on at once. */
  boolean hasRoom() {
    return clips.hasRoom();
  }

  /** Whether the answer for an interim tells all of its clip. */
  boolean interimsAreWhole() {
    return clips.interimsAreWhole();
  }

  /** Longest clip, in seconds. */
  double secondsMax() {
    return clips.secondsMax();
  }

  /**
   * Asks about a stretch that grows.
   *
   * @param to up to where sound is sent
   * @param now up to where it counts as asked about
   */
  void askMore(Stretch growing, long to, long now) {
    ask(growing, line.clip(growing.start(), to), now, true);
  }

  /**
   * No more sound belongs to a stretch. An answer about all of its words, and none behind it, that
   * is there or on its way is what counts; else it is asked about at once.
   *
   * @param clipTo up to where sound is sent
   * @param voiced where its last word ends
   * @param resumes where the next word may begin
   */
  void close(Stretch growing, long end, long clipTo, long voiced, long resumes) {
    growing.close(end);
    pending.add(growing);
    Asked asked = growing.asked();
    Transcript newest = growing.newest();
    boolean whole = clips.interimsAreWhole();
    if (whole && asked != null && isAllOf(asked.until(), voiced, resumes)) {
      waitingSamples += asked.clip().samples();
      return;
    }
    cancel(growing);
    if (whole && newest != null && isAllOf(growing.answeredTo(), voiced, resumes)) {
      written(growing, newest);
      return;
    }
    Clip clip = line.clip(growing.start(), clipTo);
    waitingSamples += clip.samples();
    ask(growing, clip, end, false);
  }

  private static boolean isAllOf(long answered, long voiced, long resumes) {
    return answered >= voiced && answered <= resumes;
  }

  private void ask(Stretch about, Clip clip, long until, boolean interim) {
    if (over) {
      return;
    }
    CompletableFuture<Transcript> answer =
        clips.recognize(
            new ClipRecognizer.Ask(
                about.start(), clip, lastWords.before(about), languages, phrases, interim));
    Asked asked = new Asked(clip, until, !interim, answer);
    about.ask(asked);
    var _ = answer.whenComplete((heard, failure) -> answered(about, asked, heard, failure));
  }

  private void answered(
      Stretch about, Asked asked, @Nullable Transcript heard, @Nullable Throwable failure) {
    if (asked.equals(about.asked())) {
      taker.step(() -> take(about, asked, heard, failure));
    }
  }

  private void take(
      Stretch about, Asked asked, @Nullable Transcript heard, @Nullable Throwable failure) {
    about.forgetAsked();
    if (heard != null) {
      finals.count(heard.usage());
      if (about.isOpen()) {
        about.heard(heard, asked.until());
      } else {
        waitingSamples -= asked.clip().samples();
        written(about, heard);
      }
      taker.read(about);
    } else if (!about.isOpen() && asked.isFinal()) {
      taker.failed(
          about, failure == null ? new IllegalStateException("neither text nor failure") : failure);
    } else if (!about.isOpen()) {
      ask(about, asked.clip(), about.end(), false);
    }
  }

  private void written(Stretch about, Transcript text) {
    about.finish(text);
    for (Stretch first = pending.peek(); first != null && first.isDone(); ) {
      pending.remove();
      remember(first);
      first = pending.peek();
    }
  }

  private void remember(Stretch done) {
    String text = done.agreement().text().substring(0, done.agreement().stableChars());
    if (!text.isEmpty()) {
      taker.written(done, text);
      lastWords.add(text, done.unsharedText(), done);
    }
  }

  /** Nobody wants the answer any more that is on its way for a stretch. */
  void cancel(Stretch about) {
    Asked asked = about.asked();
    if (asked != null) {
      about.forgetAsked();
      asked.answer().cancel(false);
    }
  }

  /** Nobody listens any more. */
  void end() {
    over = true;
    pending.forEach(this::cancel);
    pending.clear();
    clips.close();
  }
}
