package dev.parley.hub.speech;

import dev.parley.core.speech.KeptVoice;
import dev.parley.core.speech.Recording;
import dev.parley.core.speech.SynthesisAbilities;
import dev.parley.core.speech.SynthesisAbilities.Cloning;
import dev.parley.core.speech.SynthesisAbilities.RecordingLimits;
import dev.parley.core.speech.TargetVoice;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Says the voice of a call in the words of one target, or why that cannot be. Pure. */
final class VoiceFit {

  /** A mixture that the model itself makes. */
  static final String BLEND_OF_MODEL = "model";

  /** A mixture by a recording in which the voices speak in turn. */
  static final String BLEND_OF_RECORDINGS = "recordings-in-turn";

  /** No mixture: the voice with the largest share speaks alone. */
  static final String BLEND_HEAVIEST = "heaviest-voice-alone";

  /**
   * Programs written for OpenAI must name one of these even when they do not care. Where a model
   * has no voice of that name, its usual one speaks, and the answer says who it was.
   */
  private static final Set<String> OPENAI_NAMES =
      Set.of(
          "alloy", "ash", "ballad", "coral", "echo", "fable", "onyx", "nova", "sage", "shimmer",
          "verse", "marin", "cedar");

  private final VoicesThere there;
  private final SynthesisAbilities abilities;
  private final String language;

  VoiceFit(VoicesThere there, SynthesisAbilities abilities, String language) {
    this.there = there;
    this.abilities = abilities;
    this.language = language;
  }

  VoiceThere of(KnownVoice voice) {
    return switch (voice) {
      case KnownVoice.Usual _ -> ready(usual(), true, "");
      case KnownVoice.Foreign(var name) -> foreign(name);
      case KnownVoice.Library(var kept, var recordings) ->
          cloned(kept.contentKey(), recordings, false, "");
      case KnownVoice.OneOff(var recording) ->
          cloned(recording.sha256(), List.of(recording), true, "");
      case KnownVoice.Described(var description) ->
          abilities.descriptions()
              ? ready(new TargetVoice.Described(description), true, "")
              : new VoiceThere.Impossible("it makes up no voices from descriptions", false);
      case KnownVoice.Blend blend -> blended(blend);
    };
  }

  private static VoiceThere ready(TargetVoice voice, boolean exact, String blend) {
    return new VoiceThere.Ready(voice, exact, blend);
  }

  private TargetVoice usual() {
    return there.usual().isEmpty()
        ? new TargetVoice.Usual()
        : new TargetVoice.Preset(there.usual());
  }

  private VoiceThere foreign(String name) {
    Optional<String> own = there.own(name);
    if (own.isPresent()) {
      return ready(new TargetVoice.Preset(own.get()), true, "");
    }
    return OPENAI_NAMES.contains(name)
        ? ready(usual(), false, "")
        : new VoiceThere.Impossible("it has no voice " + name, true);
  }

  private VoiceThere cloned(
      String contentKey, List<Recording> recordings, boolean passing, String blend) {
    return switch (abilities.cloning()) {
      case Cloning.Impossible _ ->
          new VoiceThere.Impossible("it takes no voice from recordings", false);
      case Cloning.WithTheCall(var limits) -> {
        List<Recording> chosen = RecordingChoice.of(recordings, limits);
        yield chosen.isEmpty()
            ? impossible(recordings, limits)
            : ready(new TargetVoice.Recorded(chosen), true, blend);
      }
      case Cloning.KeptThere(var limits) -> {
        List<Recording> chosen = RecordingChoice.of(recordings, limits);
        yield chosen.isEmpty()
            ? impossible(recordings, limits)
            : new VoiceThere.ToKeep(new KeptVoice(contentKey, language, chosen), passing, blend);
      }
    };
  }

  private static VoiceThere impossible(List<Recording> recordings, RecordingLimits limits) {
    return new VoiceThere.Impossible(RecordingChoice.missing(recordings, limits), false);
  }

  private VoiceThere blended(KnownVoice.Blend blend) {
    if (abilities.blends()) {
      List<TargetVoice.Blended.Share> shares = new ArrayList<>();
      for (KnownVoice.Blend.Share share : blend.shares()) {
        if (share.voice() instanceof KnownVoice.Foreign(var name)) {
          there
              .own(name)
              .ifPresent(own -> shares.add(new TargetVoice.Blended.Share(own, share.weight())));
        }
      }
      if (shares.size() == blend.shares().size()) {
        return ready(new TargetVoice.Blended(shares), true, BLEND_OF_MODEL);
      }
    }
    return blend.shares().stream().allMatch(share -> share.voice() instanceof KnownVoice.Library)
        ? inTurn(blend)
        : alone(blend);
  }

  private VoiceThere inTurn(KnownVoice.Blend blend) {
    Optional<RecordingLimits> limits = limits();
    if (limits.isEmpty() || limits.get().transcript()) {
      return alone(blend);
    }
    List<RecordingBlend.Part> parts = new ArrayList<>();
    for (KnownVoice.Blend.Share share : blend.shares()) {
      Recording longest =
          ((KnownVoice.Library) share.voice())
              .recordings().stream()
                  .max(Comparator.comparingDouble(Recording::seconds))
                  .orElseThrow();
      parts.add(new RecordingBlend.Part(longest, share.weight()));
    }
    Recording blended = RecordingBlend.of(parts, limits.get());
    VoiceThere mixed = cloned(blended.sha256(), List.of(blended), true, BLEND_OF_RECORDINGS);
    return mixed instanceof VoiceThere.Impossible ? alone(blend) : mixed;
  }

  private Optional<RecordingLimits> limits() {
    return switch (abilities.cloning()) {
      case Cloning.Impossible _ -> Optional.empty();
      case Cloning.WithTheCall(var limits) -> Optional.of(limits);
      case Cloning.KeptThere(var limits) -> Optional.of(limits);
    };
  }

  private VoiceThere alone(KnownVoice.Blend blend) {
    return switch (of(blend.heaviest())) {
      case VoiceThere.Ready(var voice, _, _) -> ready(voice, false, BLEND_HEAVIEST);
      case VoiceThere.ToKeep(var voice, boolean passing, _) ->
          new VoiceThere.ToKeep(voice, passing, BLEND_HEAVIEST);
      case VoiceThere.Impossible impossible -> impossible;
    };
  }
}
