package dev.parley.adapters.openai;

import dev.parley.adapters.openai.RecognitionQuirks.BodyForm;
import dev.parley.adapters.openai.RecognitionQuirks.Detailed;
import dev.parley.adapters.openai.RecognitionQuirks.Expects;
import dev.parley.adapters.openai.RecognitionQuirks.Known;
import dev.parley.adapters.openai.RecognitionQuirks.Member;
import dev.parley.core.audio.AudioEncoding;
import dev.parley.core.recognition.RecognitionAbilities;
import dev.parley.core.recognition.RecognitionAbilities.Detection;
import dev.parley.core.spi.BackendSpec;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What each kind of server can do with a recording, as its documentation says. */
final class RecognitionTypes {

  private static final String OPENAI_HOST = "api.openai.com";

  /** 25 MB by OpenAI's guide and by vLLM's default, with room for the rest of the form. */
  private static final long BYTES_MAX = 25_000_000 - 16_384;

  private static final int KNOWN_SPEAKERS_MAX = 4;

  /** One call must stay below 60 s at the provider. */
  private static final double OPENROUTER_SECONDS_MAX = 60;

  /** Providers behind OpenRouter that know {@code verbose_json}. */
  private static final Pattern OPENROUTER_DETAILED =
      Pattern.compile("(openai|groq|together)/.*whisper.*");

  private static final Pattern LISTS = Pattern.compile("gpt-(live-)?transcribe.*");

  private RecognitionTypes() {}

  /** Sound goes to OpenAI itself packed, to a server nearby as it is. */
  static RecognitionQuirks openai() {
    return new RecognitionQuirks(RecognitionTypes::openAiModel, BodyForm.FORM, Set.of());
  }

  /**
   * By the families of names. A name of none of them is taken for a Whisper: that is what servers
   * that imitate OpenAI serve.
   */
  private static Known openAiModel(BackendSpec spec, String model) {
    String name = lastPart(model);
    RecognitionAbilities.Builder can = usual();
    if (OPENAI_HOST.equalsIgnoreCase(spec.baseUrl().getHost())) {
      can.encoding(AudioEncoding.FLAC);
    }
    if (name.contains("diarize")) {
      can.streams().segments().speakers(KNOWN_SPEAKERS_MAX).temperature();
      return new Known(can.build(), Detailed.DIARIZED, Expects.ONE_LANGUAGE);
    }
    if (LISTS.matcher(name).matches()) {
      can.streams().prompt().phrases().languageHints(8).detects(Detection.WITH_TEXT).temperature();
      return new Known(can.build(), Detailed.NONE, Expects.LISTS);
    }
    if (name.startsWith("gpt-")) {
      can.streams().prompt().logprobs().temperature();
      return new Known(can.build(), Detailed.NONE, Expects.ONE_LANGUAGE);
    }
    can.words().prompt().translates().detects(Detection.WITH_TEXT).temperature();
    return new Known(can.build(), Detailed.VERBOSE, Expects.ONE_LANGUAGE);
  }

  /** Segments only from models that know them: the server refuses the others' calls itself. */
  static RecognitionQuirks vllm() {
    return new RecognitionQuirks(
        (_, model) -> {
          RecognitionAbilities.Builder can =
              usual().streams().segments().prompt().detects(Detection.WITH_TEXT).temperature();
          // It was not trained to: it answers in the language that it hears.
          if (!lastPart(model).contains("turbo")) {
            can.translates();
          }
          return new Known(can.build(), Detailed.VERBOSE, Expects.ONE_LANGUAGE);
        },
        BodyForm.FORM,
        Set.of(Member.STREAM_USAGE, Member.REALTIME));
  }

  static RecognitionQuirks speaches() {
    Known any =
        new Known(
            usual()
                .bytesMax(RecognitionAbilities.PLAIN.bytesMax())
                .streams()
                .words()
                .prompt()
                .phrases()
                .translates()
                .detects(Detection.WITH_TEXT)
                .temperature()
                .build(),
            Detailed.VERBOSE,
            Expects.ONE_LANGUAGE);
    return new RecognitionQuirks(
        (_, _) -> any,
        BodyForm.FORM,
        Set.of(Member.HOTWORDS, Member.WITHOUT_TIMESTAMPS, Member.NO_LANGUAGE_TO_TRANSLATE));
  }

  /** The providers behind it differ; nothing is streamed or translated. */
  static RecognitionQuirks openRouter() {
    return new RecognitionQuirks(
        (_, model) -> {
          RecognitionAbilities.Builder can =
              usual().encoding(AudioEncoding.FLAC).secondsMax(OPENROUTER_SECONDS_MAX).temperature();
          if (model.startsWith("openai/")) {
            can.prompt();
          }
          boolean detailed = OPENROUTER_DETAILED.matcher(model.toLowerCase(Locale.ROOT)).matches();
          if (detailed) {
            can.words().detects(Detection.WITH_TEXT);
          }
          return new Known(
              can.build(), detailed ? Detailed.VERBOSE : Detailed.NONE, Expects.ONE_LANGUAGE);
        },
        BodyForm.JSON,
        Set.of());
  }

  /** Models of language that hear: they give the text, and nothing else is documented. */
  static RecognitionQuirks llamaServer() {
    Known any =
        new Known(
            RecognitionAbilities.builder().streams().build(), Detailed.NONE, Expects.ONE_LANGUAGE);
    return new RecognitionQuirks((_, _) -> any, BodyForm.FORM, Set.of());
  }

  private static RecognitionAbilities.Builder usual() {
    return RecognitionAbilities.builder().bytesMax(BYTES_MAX).languageHints(1);
  }

  static String lastPart(String model) {
    return model.substring(model.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
  }
}
