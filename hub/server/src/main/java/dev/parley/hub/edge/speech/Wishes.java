package dev.parley.hub.edge.speech;

import static dev.parley.hub.edge.openai.FieldRule.described;
import static dev.parley.hub.edge.openai.FieldRule.refused;

import dev.parley.core.audio.AudioEncoding;
import dev.parley.core.audio.AudioFormat;
import dev.parley.core.json.JsonValue;
import dev.parley.hub.edge.openai.FieldRule;
import dev.parley.hub.media.Sound;
import dev.parley.hub.speech.VoiceWish;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Voices and formats as the documents of the routes spell them. */
final class Wishes {

  private static final int RATE_MIN_HZ = 8_000;
  private static final int RATE_MAX_HZ = 192_000;
  private static final int VOICES_MIN = 2;
  private static final int VOICES_MAX = 5;

  private Wishes() {}

  /** The {@code voice} of OpenAI's route: a name, or an object with an id. */
  static VoiceWish openAiVoice(Members members) {
    Optional<JsonValue> given = members.take("voice");
    if (given.isEmpty()) {
      return new VoiceWish.Usual();
    }
    JsonValue voice = given.get();
    if (voice.isObject()) {
      return new Members("voice.", voice)
          .name("id")
          .<VoiceWish>map(VoiceWish.Named::new)
          .orElseThrow(() -> refused("voice.id", "not given", "the id of a voice"));
    }
    if (!voice.isString() || voice.asString().isBlank()) {
      throw refused("voice", described(voice), "a name, or an object with an id");
    }
    return new VoiceWish.Named(voice.asString());
  }

  /** The {@code voice_id} of the native routes. */
  static VoiceWish named(Members members) {
    return members
        .name("voice_id")
        .<VoiceWish>map(VoiceWish.Named::new)
        .orElseGet(VoiceWish.Usual::new);
  }

  /** The {@code voices} of a mixture, scaled. */
  static VoiceWish blend(Members members) {
    JsonValue voices =
        members
            .take("voices")
            .orElseThrow(() -> refused("voices", "not given", "an array of 2..5 voices"));
    FieldRule.array().check("voices", voices);
    List<VoiceWish.Blended.Share> shares = new ArrayList<>();
    boolean heard = false;
    for (JsonValue voice : voices.elements()) {
      String path = "voices[" + shares.size() + "]";
      if (shares.size() == VOICES_MAX) {
        throw refused("voices", "more than " + VOICES_MAX, VOICES_MIN + ".." + VOICES_MAX);
      }
      FieldRule.object().check(path, voice);
      Members share = new Members(path + ".", voice);
      String name =
          share
              .name("voice_id")
              .orElseThrow(() -> refused(path + ".voice_id", "not given", "a voice"));
      double weight =
          share
              .number("weight", 0, Float.MAX_VALUE)
              .orElseThrow(() -> refused(path + ".weight", "not given", "a number, 0 or more"));
      heard |= weight > 0;
      shares.add(new VoiceWish.Blended.Share(name, weight));
    }
    if (shares.size() < VOICES_MIN) {
      throw refused("voices", shares.size() + " of them", VOICES_MIN + ".." + VOICES_MAX);
    }
    if (!heard) {
      throw refused("voices", "only weights of 0", "at least one weight above 0");
    }
    return new VoiceWish.Blended(shares).scaled();
  }

  /** The {@code voice_prompt} of Voicebox: a voice, or a recording in base64. */
  static VoiceWish prompt(Members members) {
    Optional<Members> given = members.object("voice_prompt");
    if (given.isEmpty()) {
      return new VoiceWish.Usual();
    }
    Members prompt = given.get();
    Optional<String> voice = prompt.name("voice_id");
    Optional<String> recording = prompt.name("ref_audio_b64");
    String transcript = prompt.string("ref_text");
    if (voice.isPresent() && recording.isPresent()) {
      throw refused("voice_prompt", "a voice_id and a ref_audio_b64", "one of both");
    }
    if (recording.isPresent()) {
      return new VoiceWish.Recorded(
          Sound.of(decoded(recording.get()), AudioFormat.UNSTATED), transcript);
    }
    return voice
        .<VoiceWish>map(VoiceWish.Named::new)
        .orElseThrow(() -> refused("voice_prompt", "neither of both", "voice_id or ref_audio_b64"));
  }

  private static byte[] decoded(String base64) {
    try {
      return Base64.getMimeDecoder().decode(base64);
    } catch (IllegalArgumentException _) {
      throw refused("voice_prompt.ref_audio_b64", "not base64", "a recording in base64");
    }
  }

  /**
   * The format that {@code response_format} and {@code sample_rate} tell.
   *
   * @param names those that the route knows, the usual one first
   * @param pcmHz rate of headerless sound when none is given; 0: the model's own
   */
  static AudioFormat format(Members members, List<String> names, int pcmHz) {
    String name = members.word("response_format", names);
    AudioEncoding encoding = AudioEncoding.byName(name).orElseThrow();
    int usual = encoding == AudioEncoding.PCM_S16LE ? pcmHz : 0;
    long rate = members.whole("sample_rate", RATE_MIN_HZ, RATE_MAX_HZ).orElse(usual);
    return AudioFormat.of(encoding, (int) rate, 1);
  }
}
