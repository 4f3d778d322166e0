package dev.parley.hub.recognition.live;

import dev.parley.core.recognition.Clip;
import dev.parley.core.recognition.Transcript;
import dev.parley.hub.recognition.seam.Hypothesis;
import dev.parley.hub.recognition.seam.Hypothesis.Token;
import dev.parley.hub.recognition.seam.Placed;
import dev.parley.hub.recognition.seam.Seam;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of sound that is written down as one clip: it grows while somebody speaks, then it is
 * closed, then it is written down for good. Where it was cut without a pause, the next one shares
 * its last second or two: what is told of either ends and begins somewhere in what they share, and
 * of the later one nothing is told before the earlier one is written down. Places are samples of
 * the stream. Belongs to the caller's event loop.
 */
final class Stretch {

  /** A clip that is being written down. */
  record Asked(Clip clip, long until, boolean isFinal, CompletableFuture<Transcript> answer) {}

  private final int turn;
  private final LocalAgreement agreement = new LocalAgreement();
  private long start;
  private long end = Long.MAX_VALUE;
  private long askedTo;
  private long answeredTo;
  private long agreedTo;
  private @Nullable Transcript newest;
  private @Nullable Transcript written;
  private @Nullable Asked asked;

  private @Nullable Throwable failure;
  private @Nullable Stretch earlier;
  private @Nullable Stretch following;
  private @Nullable Seam seam;
  private long toldFrom;
  private long toldTo = Long.MAX_VALUE;

  /** What came before it was known where it goes on, and whether more would follow. */
  private @Nullable Transcript unread;

  private boolean unreadIsAll;

  /** Its last words, which the next one hears better. */
  private List<Token> dropped = List.of();

  /** One that begins at a sample, in a turn, and grows. */
  Stretch(long start, int turn) {
    this.turn = turn;
    beginAt(start);
  }

  private void beginAt(long sample) {
    start = sample;
    askedTo = sample;
    answeredTo = sample;
    agreedTo = sample;
    toldFrom = sample;
  }

  /** Nothing was said before a sample, and nothing asked. */
  void skipTo(long sample) {
    beginAt(Math.max(start, sample));
  }

  /** The turn in which it begins. */
  int turn() {
    return turn;
  }

  long start() {
    return start;
  }

  /** The sample behind it, when it is closed. */
  long end() {
    return end;
  }

  boolean isOpen() {
    return end == Long.MAX_VALUE;
  }

  void close(long at) {
    end = at;
    if (following == null) {
      toldTo = Math.max(at, toldFrom + 1);
    }
  }

  /** It ends at a sample, and another one begins before that. */
  void share(Stretch next, long at) {
    end = at;
    following = next;
    next.earlier = this;
    divideAt((next.start + end) / 2);
  }

  /** The one that shares its end, if any. */
  @Nullable Stretch following() {
    return following;
  }

  /** Whether another one shares its beginning. */
  boolean isShared() {
    return earlier != null;
  }

  private void divideAt(long sample) {
    Stretch next = following;
    if (next != null) {
      toldTo = Math.max(sample, toldFrom + 1);
      next.toldFrom = toldTo;
      next.toldTo = Math.max(next.toldTo, toldTo + 1);
    }
  }

  /** The sample from which on words are told as its own. */
  long toldFrom() {
    return toldFrom;
  }

  /** The sample behind the last word that is told as its own, when it is closed. */
  long toldTo() {
    return toldTo;
  }

  LocalAgreement agreement() {
    return agreement;
  }

  /** The clip that is being written down, if any. */
  @Nullable Asked asked() {
    return asked;
  }

  void ask(Asked next) {
    asked = next;
    askedTo = next.until();
  }

  void forgetAsked() {
    asked = null;
  }

  /** How far it has been asked about. */
  long askedTo() {
    return askedTo;
  }

  /** How far there has been an answer. */
  long answeredTo() {
    return answeredTo;
  }

  /** All words that are stable were said before. */
  long agreedTo() {
    return agreedTo;
  }

  /** The newest answer; null: none yet. */
  @Nullable Transcript newest() {
    return newest;
  }

  /** An answer about the sound up to a sample, while more may come. */
  void heard(Transcript answer, long until) {
    long before = answeredTo;
    answeredTo = until;
    newest = answer;
    if (waitsForEarlier()) {
      unread = answer;
    } else if (agreement.hear(read(answer))) {
      agreedTo = before;
    }
  }

  /** It is written down for good. */
  void finish(Transcript answer) {
    answeredTo = Math.max(answeredTo, end);
    newest = answer;
    if (waitsForEarlier()) {
      unread = answer;
      unreadIsAll = true;
      return;
    }
    Hypothesis all = read(answer);
    written = answer;
    if (following == null) {
      agreement.finish(all);
    } else {
      agreement.finish(all, this::kept);
      hand(following);
    }
  }

  private boolean waitsForEarlier() {
    return earlier != null && seam == null;
  }

  /** What it adds to the one before. */
  private Hypothesis read(Transcript answer) {
    Hypothesis all = Hypothesis.of(answer);
    Seam joint = seam;
    Stretch before = earlier;
    if (joint == null || before == null) {
      return all;
    }
    Seam.Place place =
        joint.place(Placed.fromTheStart(all.tokens(), seconds(start), seconds(answeredTo)));
    List<Token> recovered = before.dropped.subList(0, place.recovered());
    before.agreement.leaveRest();
    double later = seconds(before.start - start);
    return all.behind(
        recovered.stream().map(token -> token.later(later)).toList(), place.skipped());
  }

  private int kept(List<Token> all) {
    Stretch next = following;
    return next == null ? all.size() : Seam.kept(placed(all), seconds(next.start), seconds(end));
  }

  private Placed placed(List<Token> all) {
    return Placed.toTheEnd(all, seconds(start), seconds(end));
  }

  /** Tells the next one which words are told, and which are left to it. */
  private void hand(Stretch next) {
    List<Token> all = new ArrayList<>(agreement.stable());
    int stay = all.size();
    dropped = agreement.rest();
    all.addAll(dropped);
    Placed words = placed(all);
    Seam joint =
        new Seam(
            words.part(0, stay), words.part(stay, all.size()), seconds(next.start), seconds(end));
    divideAt(Math.clamp(samples(joint.middle()), start, end));
    next.join(joint);
  }

  private void join(Seam joint) {
    seam = joint;
    Transcript waiting = unread;
    unread = null;
    if (waiting != null && unreadIsAll) {
      finish(waiting);
    } else if (waiting != null) {
      var _ = agreement.hear(read(waiting));
    }
  }

  /** Its words for good that no other one shares. */
  String unsharedText() {
    String text = agreement.text().substring(0, agreement.stableChars());
    Stretch next = following;
    if (next == null) {
      return text;
    }
    List<Token> stable = agreement.stable();
    int before = placed(stable).endingBefore(seconds(next.start));
    return new Hypothesis(stable.subList(0, before), "").text();
  }

  private static double seconds(long samples) {
    return (double) samples / Clip.RATE_HZ;
  }

  private static long samples(double seconds) {
    return Math.round(seconds * Clip.RATE_HZ);
  }

  /** What counts in the end; null: not known yet. */
  @Nullable Transcript written() {
    return written;
  }

  /** It will never be written down. */
  void fail(Throwable cause) {
    failure = cause;
  }

  @Nullable Throwable failure() {
    return failure;
  }

  boolean isDone() {
    return written != null;
  }
}
