package dev.parley.hub.recognition;

import dev.parley.core.recognition.RecognitionAbilities;
import dev.parley.core.recognition.RecognitionAbilities.Detection;
import dev.parley.core.recognition.RecognitionTask;
import dev.parley.hub.recognition.order.RecognitionWish;
import dev.parley.hub.routing.Languages;
import java.util.List;

/** Whether a model can do what a caller wants of a recording. Pure. */
final class Requirements {

  private Requirements() {}

  /**
   * Why not, as a clause; empty when it can. A prompt can stand for phrases, temperature 0 is what
   * every model starts from, and the hub finds the times of stretches where a model tells none.
   *
   * @param languages as tags
   */
  static String missing(
      RecognitionWish wish, List<String> languages, RecognitionAbilities abilities) {
    if (wish.task() == RecognitionTask.TRANSLATE && !abilities.translates()) {
      return "it does not translate";
    }
    if (wish.task() == RecognitionTask.DETECT_LANGUAGE && abilities.detects() == Detection.NONE) {
      return "it does not tell the language";
    }
    if (wish.times() == RecognitionWish.Times.WORDS && !abilities.words()) {
      return "it gives no times of words";
    }
    if (wish.logprobs() && !abilities.logprobs()) {
      return "it gives no probabilities of tokens";
    }
    if (!wish.prompt().isEmpty() && !abilities.prompt()) {
      return "it takes no prompt";
    }
    if (!wish.phrases().isEmpty() && !abilities.phrases() && !abilities.prompt()) {
      return "it takes no phrases to expect";
    }
    if (wish.temperature().orElse(0) != 0 && !abilities.temperature()) {
      return "its temperature cannot be set";
    }
    if (wish.alternatives() > 0) {
      return "it gives no further readings";
    }
    if (wish.profanityFilter()) {
      return "it masks no profanity";
    }
    if (wish.verbatim()) {
      return "it cannot be told to keep fillers";
    }
    return language(languages, abilities);
  }

  private static String language(List<String> languages, RecognitionAbilities abilities) {
    if (languages.isEmpty()) {
      return "";
    }
    if (abilities.languageHints() == 0) {
      return "it cannot be told the language";
    }
    for (String language : languages) {
      if (abilities.languages().isEmpty() || Languages.anyServes(abilities.languages(), language)) {
        return "";
      }
    }
    return "no language " + String.join(", ", languages);
  }
}
