package dev.parley.hub.edge.transcript;

import dev.parley.core.recognition.Segment;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts one segment into cues of two lines at most: at pauses, rather at the end of a sentence or a
 * clause than in the middle of one, and rather even than a full one and a rest. For one use.
 */
final class CueCutter {

  /** Columns of a line, as subtitles of European languages have them. */
  static final int LINE_WIDTH = 42;

  private static final double SECONDS_MAX = 7;
  private static final double SECONDS_MIN = 1;
  private static final double PAUSE_SECONDS = 1.5;

  /** Less text than this is not cut for its length in time. */
  private static final int WORTH_CUTTING = LINE_WIDTH / 2;

  private final Segment segment;
  private final int firstWidth;
  private final List<Token> tokens;
  private final int[] widths;
  private final TextTimes times;
  private final List<Cue> cues = new ArrayList<>();

  /**
   * @param prefixWidth columns of the first line that something else takes
   */
  private CueCutter(Segment segment, int prefixWidth) {
    this.segment = segment;
    this.firstWidth = Math.max(LINE_WIDTH / 2, LINE_WIDTH - prefixWidth);
    this.tokens = Token.of(segment.text(), firstWidth);
    this.widths = widths(tokens);
    this.times = new TextTimes(segment);
  }

  /** The cues of a segment, in their order; none when it has no text. */
  static List<Cue> cut(Segment segment, int prefixWidth) {
    CueCutter cutter = new CueCutter(segment, prefixWidth);
    int from = 0;
    for (int to = 1; to <= cutter.tokens.size(); to++) {
      if (to == cutter.tokens.size() || cutter.pauses(to)) {
        cutter.run(from, to);
        from = to;
      }
    }
    return cutter.cues;
  }

  private boolean pauses(int before) {
    return start(before) - end(before) > PAUSE_SECONDS;
  }

  private double start(int token) {
    return times.startAt(tokens.get(token).from());
  }

  /** When the tokens before this one are over. */
  private double end(int behind) {
    return times.endAt(tokens.get(behind - 1).to());
  }

  private int width(int from, int to) {
    return widths[to] - widths[from] - (tokens.get(from).spaced() ? 1 : 0);
  }

  /** Columns before each token, the space before it not counted, and behind the last one. */
  private static int[] widths(List<Token> tokens) {
    int[] widths = new int[tokens.size() + 1];
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      widths[i + 1] = widths[i] + token.width() + (token.spaced() ? 1 : 0);
    }
    return widths;
  }

  /** Tokens without a pause between them. */
  private void run(int from, int to) {
    int next = from;
    while (next < to) {
      int reach = reach(next, to);
      int cut = reach == to ? to : best(next, reach, to);
      cues.add(
          new Cue(
              Math.round(start(next) * 1_000),
              Math.round(end(cut) * 1_000),
              segment.speaker(),
              lines(next, cut)));
      next = cut;
    }
  }

  /** Behind the last token that one cue can hold. */
  private int reach(int from, int to) {
    int line = tokens.get(from).width();
    int all = line;
    int room = firstWidth;
    boolean second = false;
    for (int i = from + 1; i < to; i++) {
      Token token = tokens.get(i);
      int more = token.width() + (token.spaced() ? 1 : 0);
      boolean late = end(i + 1) - start(from) > SECONDS_MAX && all >= WORTH_CUTTING;
      if (late || (second && line + more > room)) {
        return i;
      }
      if (line + more > room) {
        second = true;
        room = LINE_WIDTH;
        line = token.width();
      } else {
        line += more;
      }
      all += more;
    }
    return to;
  }

  /** The best place for a cut up to {@code reach}, when the run goes on to {@code to}. */
  private int best(int from, int reach, int to) {
    int left = width(from, to);
    int capacity = firstWidth + LINE_WIDTH - LINE_WIDTH / 8;
    long byWidth = Math.ceilDiv(left, capacity);
    long byTime = (long) Math.ceil((end(to) - start(from)) / SECONDS_MAX);
    double target = (double) left / Math.max(2, Math.max(byWidth, byTime));
    int best = reach;
    double bestScore = Double.NEGATIVE_INFINITY;
    for (int cut = from + 1; cut <= reach; cut++) {
      double score = -Math.abs(width(from, cut) - target) + bonus(cut);
      if (end(cut) - start(from) < SECONDS_MIN) {
        score -= LINE_WIDTH;
      }
      if (score > bestScore) {
        best = cut;
        bestScore = score;
      }
    }
    return best;
  }

  private int bonus(int cut) {
    return switch (tokens.get(cut - 1).ending()) {
      case SENTENCE -> 24;
      case CLAUSE -> 12;
      case NONE -> 0;
    };
  }

  private List<String> lines(int from, int to) {
    if (width(from, to) <= firstWidth) {
      return List.of(line(from, to));
    }
    int best = 0;
    double bestScore = Double.NEGATIVE_INFINITY;
    for (int cut = from + 1; cut < to; cut++) {
      int first = width(from, cut);
      int second = width(cut, to);
      double score = bonus(cut) / 2.0 - Math.abs(first - second);
      if (first <= firstWidth && second <= LINE_WIDTH && score > bestScore) {
        best = cut;
        bestScore = score;
      }
    }
    return List.of(line(from, best), line(best, to));
  }

  private String line(int from, int to) {
    StringBuilder line = new StringBuilder();
    for (int i = from; i < to; i++) {
      if (i > from && tokens.get(i).spaced()) {
        line.append(' ');
      }
      line.append(tokens.get(i).text());
    }
    return line.toString();
  }
}
