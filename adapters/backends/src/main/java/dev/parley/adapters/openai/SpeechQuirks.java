package dev.parley.adapters.openai;

import dev.parley.adapters.http.BackendClient;
import dev.parley.core.audio.AudioEncoding;
import dev.parley.core.speech.PresetVoice;
import dev.parley.core.speech.SynthesisAbilities;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * How one kind of server speaks on {@code /v1/audio/speech}.
 *
 * @param abilities what a model of that name can do
 * @param usualFormat asked for where the operator did not say at which rate the model gives PCM;
 *     where he did it is PCM
 * @param rate whether the server resamples when it is told a rate
 * @param events models that can answer with server-sent events, which tell their end and usage
 * @param instructions where instructions stand in a request
 * @param usualVoice the voice that is named when nobody asked for one; empty to leave it out
 * @param voices asks which voices there are
 */
record SpeechQuirks(
    Function<String, SynthesisAbilities> abilities,
    AudioEncoding usualFormat,
    Rate rate,
    Predicate<String> events,
    Instructions instructions,
    Function<String, String> usualVoice,
    Voices voices) {

  /** Whether {@code sample_rate} is understood. */
  enum Rate {
    OF_THE_MODEL,
    AS_ASKED
  }

  /** Where instructions stand. */
  enum Instructions {
    MEMBER,
    /** In {@code provider.options.openai}. */
    PROVIDER_OPTION
  }

  /** Asks a server for the voices of a model; empty when it does not tell. */
  @FunctionalInterface
  interface Voices {
    CompletableFuture<Optional<List<PresetVoice>>> ask(BackendClient client, String model);
  }
}
