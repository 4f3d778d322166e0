package dev.parley.adapters.whispercpp;

import dev.parley.core.recognition.Word;
import java.lang.Character.UnicodeScript;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Joins the tokens of a segment to words. A space begins a word, wherever in a token it stands; in
 * scripts that write no spaces a token does. The text of a word whose characters were cut between
 * tokens is taken from the segment, which has them whole.
 */
final class WholeWords {

  private static final char CUT = '\uFFFD';
  private static final Set<UnicodeScript> WITHOUT_SPACES =
      Set.of(
          UnicodeScript.HAN,
          UnicodeScript.HIRAGANA,
          UnicodeScript.KATAKANA,
          UnicodeScript.THAI,
          UnicodeScript.LAO,
          UnicodeScript.KHMER,
          UnicodeScript.MYANMAR);

  private final List<Word> words = new ArrayList<>();
  private final StringBuilder word = new StringBuilder();
  private double start;
  private double end;
  private double probabilities;
  private int told;

  private WholeWords() {}

  /**
   * @param text of the segment that the tokens make up
   */
  static List<Word> of(List<Token> tokens, String text) {
    WholeWords joined = new WholeWords();
    tokens.forEach(joined::add);
    joined.finish();
    return joined.words.stream().anyMatch(word -> isCut(word.text()))
        ? mended(joined.words, text)
        : joined.words;
  }

  private void add(Token token) {
    boolean counted = false;
    boolean first = true;
    for (int at = 0, next; at < token.text().length(); at = next) {
      int c = token.text().codePointAt(at);
      next = at + Character.charCount(c);
      if (Character.isWhitespace(c)) {
        finish();
        counted = false;
      } else {
        if (first && isBoundary(c)) {
          finish();
        }
        if (word.isEmpty()) {
          start = token.start();
          end = start;
        }
        word.appendCodePoint(c);
        end = Math.max(end, token.end());
        if (!counted && token.probability().isPresent()) {
          probabilities += token.probability().getAsDouble();
          told++;
        }
        counted = true;
      }
      first = false;
    }
  }

  /** Whether a token that begins with that character begins a word, though without a space. */
  private boolean isBoundary(int next) {
    if (word.isEmpty()) {
      return false;
    }
    int last = word.codePointBefore(word.length());
    if (last == CUT && next == CUT) {
      return false;
    }
    boolean writesNoSpaces = writesNoSpaces(last) || writesNoSpaces(next);
    return writesNoSpaces && (Character.isLetterOrDigit(next) || next == CUT);
  }

  private static boolean writesNoSpaces(int c) {
    return WITHOUT_SPACES.contains(UnicodeScript.of(c));
  }

  private void finish() {
    if (!word.isEmpty()) {
      OptionalDouble probability =
          told == 0 ? OptionalDouble.empty() : OptionalDouble.of(probabilities / told);
      words.add(new Word(word.toString(), start, end, probability, ""));
    }
    word.setLength(0);
    probabilities = 0;
    told = 0;
  }

  private static boolean isCut(String text) {
    return text.indexOf(CUT) >= 0;
  }

  private static List<Word> mended(List<Word> words, String text) {
    List<String> whole = text.isBlank() ? List.of() : List.of(text.strip().split("\\s+", -1));
    if (whole.size() == words.size()) {
      return IntStream.range(0, words.size())
          .mapToObj(i -> withText(words.get(i), whole.get(i)))
          .toList();
    }
    return mendedByPlace(words, String.join("", whole));
  }

  /** A word with a cut character is what stands between its neighbours. */
  private static List<Word> mendedByPlace(List<Word> words, String letters) {
    List<Word> mended = new ArrayList<>();
    int at = 0;
    for (int i = 0; i < words.size(); i++) {
      Word word = words.get(i);
      int end;
      if (!isCut(word.text())) {
        end = letters.startsWith(word.text(), at) ? at + word.text().length() : -1;
      } else if (i + 1 == words.size()) {
        end = letters.length();
      } else {
        end = letters.indexOf(words.get(i + 1).text(), at + 1);
      }
      if (end <= at) {
        return words;
      }
      mended.add(withText(word, letters.substring(at, end)));
      at = end;
    }
    return mended;
  }

  private static Word withText(Word word, String text) {
    return new Word(text, word.start(), word.end(), word.probability(), word.speaker());
  }
}
