package dev.parley.hub.speech;

import dev.parley.core.audio.AudioFormat;
import dev.parley.core.json.JsonValue;
import dev.parley.core.model.Caller;
import dev.parley.core.speech.Pronunciation;
import dev.parley.core.speech.SpeechMark;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * How a caller wants a text to be spoken. Immutable.
 *
 * @param model id or alias; empty: the operator's default
 * @param voice whose voice
 * @param language BCP 47 tag of the text; empty: not said
 * @param format of the sound; what is open follows the model
 * @param speed 0.25..4, 1 is normal
 * @param pitchSemitones empty: unchanged
 * @param gainDb 0: unchanged
 * @param instructions how it shall sound, in words; empty: nothing special
 * @param pronunciations how phrases are spoken
 * @param marks what to report besides sound
 * @param seed same seed, same sound, as far as the model can
 * @param split whether the text may be cut into sentences; empty: where it helps
 * @param bufferDelayMs longest wait for more text, where it is still being written; empty: the
 *     usual
 * @param extra members that the schema does not model, an object; passed to the backend unchanged
 * @param requestId names the call
 * @param headers the caller's headers that may travel on
 * @param caller who calls
 */
public record SpeechOrder(
    String model,
    VoiceWish voice,
    String language,
    AudioFormat format,
    double speed,
    OptionalDouble pitchSemitones,
    double gainDb,
    String instructions,
    List<Pronunciation> pronunciations,
    Set<SpeechMark.Kind> marks,
    OptionalLong seed,
    Optional<Boolean> split,
    OptionalInt bufferDelayMs,
    JsonValue extra,
    String requestId,
    Map<String, String> headers,
    Caller caller) {

  public SpeechOrder {
    pronunciations = List.copyOf(pronunciations);
    marks = Set.copyOf(marks);
    headers = Map.copyOf(headers);
  }
}
