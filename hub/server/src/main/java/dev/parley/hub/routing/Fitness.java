package dev.parley.hub.routing;

import dev.parley.core.model.Capability;
import dev.parley.core.model.Modality;
import dev.parley.core.model.Privacy;
import dev.parley.core.model.Traits;
import dev.parley.core.spi.Backend;
import dev.parley.core.spi.ModelInfo;
import dev.parley.hub.registry.RegisteredBackend;
import dev.parley.hub.registry.ServedModel.ServedTarget;
import java.util.Set;

/** Whether a target may and can serve a call at all, however it is at the moment. */
final class Fitness {

  /** What the guess of how much a call brings is taken for. */
  enum Guess {
    /** A reason to pass a target over. */
    COUNTS,
    /** Nothing: no target would be left, and a guess is no reason to refuse a call. */
    IGNORED
  }

  /** Said of a backend elsewhere where the content must stay. */
  static final String NOT_LOCAL = "not local, and the call may only go to local backends";

  /** Said of a backend that the caller's key does not open. */
  static final String NOT_ALLOWED = "the caller's key may not use it";

  /** Said of a backend that is given no URLs of callers. */
  static final String NO_LINKS = "its operator does not let it fetch URLs (media_urls: true does)";

  private Fitness() {}

  /** Why not; empty when it can. */
  static String missing(Traits traits, Privacy privacy, Guess guess, ServedTarget served) {
    RegisteredBackend backend = served.backend();
    if (!traits.caller().scope().allowsBackend(backend.id())) {
      return NOT_ALLOWED;
    }
    String pinned = traits.caller().backend();
    if (!pinned.isEmpty() && !pinned.equals(backend.id())) {
      return "the call may only go to backend " + pinned;
    }
    ModelInfo model = served.model();
    if (!canDo(traits.capability(), model, backend.backend())) {
      return "no capability " + traits.capability().wireName();
    }
    String input = absent(traits.inputs(), model.inputs());
    if (!input.isEmpty()) {
      return "no " + input + " input";
    }
    String output = absent(traits.outputs(), model.outputs());
    if (!output.isEmpty()) {
      return "no " + output + " output";
    }
    if (!traits.link().isEmpty() && !backend.config().mediaUrls()) {
      return NO_LINKS;
    }
    if (privacy == Privacy.LOCAL_ONLY && !backend.config().local()) {
      return NOT_LOCAL;
    }
    if (guess == Guess.COUNTS && isTooMuch(traits, model)) {
      return "context of "
          + model.contextLength().orElseThrow()
          + " tokens is too small for about "
          + traits.amounts().inputTokens();
    }
    return otherLanguage(traits, model);
  }

  /** Whether the call is thought to bring more than the model takes. */
  static boolean isTooMuch(Traits traits, ModelInfo model) {
    return model.contextLength().isPresent()
        && traits.amounts().inputTokens() > model.contextLength().getAsInt();
  }

  private static String otherLanguage(Traits traits, ModelInfo model) {
    if (!traits.language().isEmpty()
        && !model.languages().isEmpty()
        && !Languages.anyServes(model.languages(), traits.language())) {
      return "no language " + traits.language();
    }
    return "";
  }

  /** A model of which nobody told anything is given the benefit of the doubt. */
  private static boolean canDo(Capability capability, ModelInfo model, Backend backend) {
    return isAble(capability, backend)
        && (model.capabilities().isEmpty() || model.capabilities().contains(capability));
  }

  /**
   * Where a backend has no ability of its own for a capability, what is told of the model counts.
   */
  private static boolean isAble(Capability capability, Backend backend) {
    return switch (capability) {
      case CHAT -> backend.chat().isPresent();
      case COMPLETION -> backend.completion().isPresent();
      case EMBEDDING -> backend.embedding().isPresent();
      case TTS -> backend.speech().isPresent();
      case STT, VOICE_CLONE, DIARIZATION, SPEAKER_VERIFICATION, DENOISE, VAD, REALTIME -> true;
    };
  }

  /** The first modality that is wanted and not there; an empty list of abilities means unknown. */
  private static String absent(Set<Modality> wanted, Set<Modality> there) {
    if (there.isEmpty() || there.containsAll(wanted)) {
      return "";
    }
    for (Modality modality : Modality.values()) {
      if (wanted.contains(modality) && !there.contains(modality)) {
        return modality.wireName();
      }
    }
    return "";
  }
}
