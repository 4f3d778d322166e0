package dev.parley.hub.edge.transcript;

import dev.parley.core.recognition.Segment;
import dev.parley.core.recognition.Word;
import java.util.ArrayList;
import java.util.List;

/**
 * When each letter of a segment was said: as its words tell, and evenly between what is known. In
 * seconds; never falls from one letter to the next.
 */
final class TextTimes {

  /** A word is looked for so far behind the one before; beyond it would be another one. */
  private static final int LOOK_AHEAD_CHARS = 48;

  private record Knot(int offset, double seconds) {}

  private final List<Knot> knots = new ArrayList<>();

  TextTimes(Segment segment) {
    String text = segment.text();
    knots.add(new Knot(0, segment.start()));
    int cursor = 0;
    for (Word word : segment.words()) {
      int at = word.text().isEmpty() ? -1 : text.indexOf(word.text(), cursor);
      if (at >= 0 && at - cursor <= LOOK_AHEAD_CHARS) {
        cursor = at + word.text().length();
        add(at, word.start());
        add(cursor, word.end());
      }
    }
    // With words the last of them says when it was over.
    add(text.length(), cursor == text.length() ? last().seconds() : segment.end());
  }

  private Knot last() {
    return knots.getLast();
  }

  private void add(int offset, double seconds) {
    knots.add(new Knot(offset, Math.max(last().seconds(), seconds)));
  }

  /** When the letter at an offset begins. */
  double startAt(int offset) {
    int after = firstBeyond(offset + 1);
    Knot before = knots.get(after - 1);
    return before.offset() == offset || after == knots.size()
        ? before.seconds()
        : between(before, knots.get(after), offset);
  }

  /** When the letter before an offset is over. */
  double endAt(int offset) {
    int at = Math.min(firstBeyond(offset), knots.size() - 1);
    Knot here = knots.get(at);
    return here.offset() == offset || at == 0
        ? here.seconds()
        : between(knots.get(at - 1), here, offset);
  }

  /** The first knot that does not lie before an offset; how many there are if all of them do. */
  private int firstBeyond(int offset) {
    int low = 0;
    int high = knots.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (knots.get(middle).offset() < offset) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static double between(Knot a, Knot b, int offset) {
    double share = (double) (offset - a.offset()) / (b.offset() - a.offset());
    return a.seconds() + (b.seconds() - a.seconds()) * share;
  }
}
