package dev.parley.hub.speech;

import dev.parley.core.speech.Pronunciation;
import dev.parley.core.speech.SpeechMark;
import dev.parley.core.speech.SpeechText;
import dev.parley.core.speech.SynthesisAbilities;
import dev.parley.hub.routing.Languages;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether a model can do what an order asks for, its voice aside. Pure. */
final class Suitability {

  private Suitability() {}

  /**
   * Why not, as a clause; empty when it can.
   *
   * @param text empty where it is not known yet
   */
  static String missing(
      SpeechOrder order, @Nullable SpeechText text, SynthesisAbilities abilities) {
    if (order.pitchSemitones().isPresent() && order.pitchSemitones().getAsDouble() != 0) {
      return "it cannot shift the pitch";
    }
    if (text instanceof SpeechText.Ssml && !abilities.ssml()) {
      return "it reads no SSML";
    }
    if (!order.instructions().isEmpty() && !abilities.instructions()) {
      return "it takes no instructions";
    }
    for (Pronunciation pronunciation : order.pronunciations()) {
      String alphabet = pronunciation.alphabet().toLowerCase(Locale.ROOT);
      if (!alphabet.equals(Aliases.ALPHABET) && !abilities.alphabets().contains(alphabet)) {
        return "it reads no pronunciations in " + (alphabet.isEmpty() ? "no alphabet" : alphabet);
      }
    }
    for (SpeechMark.Kind kind : order.marks()) {
      if (!abilities.marks().contains(kind)) {
        return "it gives no " + kind.name().toLowerCase(Locale.ROOT) + " marks";
      }
    }
    if (!order.language().isEmpty()
        && !abilities.languages().isEmpty()
        && !Languages.anyServes(abilities.languages(), order.language())) {
      return "no language " + order.language();
    }
    boolean whole = text instanceof SpeechText.Ssml || order.split().equals(Optional.of(false));
    if (text != null && whole && text.text().length() > abilities.charactersMax()) {
      return "it takes at most " + abilities.charactersMax() + " characters in one piece";
    }
    return "";
  }
}
