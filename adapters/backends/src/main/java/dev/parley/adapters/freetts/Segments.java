package dev.parley.adapters.freetts;

import com.sun.speech.freetts.Item;
import com.sun.speech.freetts.Relation;
import com.sun.speech.freetts.Utterance;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads from a spoken utterance which phoneme sounds when, and of which word of the text. */
final class Segments {

  private Segments() {}

  static List<Breath.Sounding> of(Utterance utterance, List<Word> words) {
    List<Breath.Sounding> found = new ArrayList<>();
    if (!utterance.hasRelation(Relation.SEGMENT) || !utterance.hasRelation(Relation.TOKEN)) {
      return found;
    }
    Item token = utterance.getRelation(Relation.TOKEN).getHead();
    int index = 0;
    double start = 0;
    for (Item segment = utterance.getRelation(Relation.SEGMENT).getHead();
        segment != null;
        segment = segment.getNext()) {
      double end = segment.getFeatures().getFloat("end");
      Item owner = token(segment);
      if (owner != null) {
        // Both go forward through the text, so the word is here or further on.
        while (token != null && !token.equalsShared(owner) && index + 1 < words.size()) {
          token = token.getNext();
          index++;
        }
        found.add(new Breath.Sounding(segment.toString(), start, end, words.get(index)));
      }
      start = end;
    }
    return found;
  }

  /** Up from the phoneme to its syllable and word, and from that to its token; null for a pause. */
  private static @Nullable Item token(Item segment) {
    Item inWord = segment.getItemAs(Relation.SYLLABLE_STRUCTURE);
    Item syllable = inWord == null ? null : inWord.getParent();
    Item word = syllable == null ? null : syllable.getParent();
    Item inToken = word == null ? null : word.getItemAs(Relation.TOKEN);
    return inToken == null ? null : inToken.getParent();
  }
}
