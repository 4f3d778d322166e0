package dev.parley.adapters.freetts;

import com.sun.speech.freetts.Token;
import com.sun.speech.freetts.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The words of a text, as many at a time as are spoken in one breath. */
final class Words {

  /** More words than a sentence has; a text without an end of sentence is cut here. */
  private static final int TOGETHER_MAX = 100;

  private final String text;
  private final Tokenizer tokenizer;

  /** The first word of the next breath: that a sentence ended shows only at the word behind. */
  private @Nullable Word first;

  private int searched;

  Words(String text, Tokenizer tokenizer) {
    this.text = text;
    this.tokenizer = tokenizer;
  }

  /** What comes next; empty at the end of the text. */
  List<Word> next() {
    List<Word> together = new ArrayList<>();
    Word held = first;
    first = null;
    if (held != null) {
      together.add(held);
    }
    while (tokenizer.hasMoreTokens()) {
      Token token = tokenizer.getNextToken();
      if (token == null) {
        break;
      }
      Word word = place(token);
      boolean full = together.size() >= TOGETHER_MAX;
      if (!together.isEmpty() && (tokenizer.isBreak() || full)) {
        first = word;
        break;
      }
      together.add(word);
    }
    return together;
  }

  private Word place(Token token) {
    String name = token.getWord();
    int found = name.isEmpty() ? -1 : text.indexOf(name, searched);
    if (found < 0) {
      return new Word(token, searched, searched);
    }
    searched = found + name.length();
    return new Word(token, found, searched);
  }
}
