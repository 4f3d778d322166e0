package dev.parley.adapters.openai;

import dev.parley.adapters.dialect.Quirks;
import dev.parley.adapters.http.BackendClient;
import dev.parley.adapters.http.Body;
import dev.parley.adapters.http.FormBody;
import dev.parley.adapters.http.Outgoing;
import dev.parley.adapters.http.Reclassified;
import dev.parley.adapters.speakers.ExtraFields;
import dev.parley.adapters.speakers.SpeakerAnswer;
import dev.parley.adapters.speakers.TurnList;
import dev.parley.core.audio.AudioEncoding;
import dev.parley.core.model.Target;
import dev.parley.core.recognition.Clip;
import dev.parley.core.recognition.KnownSpeaker;
import dev.parley.core.speakers.DiarizationAbilities;
import dev.parley.core.speakers.DiarizationCall;
import dev.parley.core.speakers.SpeakerEvent;
import dev.parley.core.spi.Diarizer;
import java.util.Base64;
import java.util.Set;
import java.util.concurrent.Flow;

/**
 * Who spoke when, as speaches answers on {@code /v1/audio/diarization}: it names those whose
 * recordings it is given, and cannot be told how many there are.
 */
final class SpeachesSpeakers implements Diarizer {

  private static final String PATH = "/v1/audio/diarization";

  /** Its page states none; each is a recording of up to 10 s within the form. */
  private static final int KNOWN_MAX = 16;

  private static final DiarizationAbilities ABILITIES =
      new DiarizationAbilities(false, KNOWN_MAX, AudioEncoding.WAV, 7_200, 256L << 20);

  private static final Set<String> OWN =
      Set.of(
          "file",
          "model",
          "known_speaker_names",
          "known_speaker_names[]",
          "known_speaker_references",
          "known_speaker_references[]",
          "response_format");

  private final BackendClient client;
  private final Quirks quirks;

  SpeachesSpeakers(BackendClient client, Quirks quirks) {
    this.client = client;
    this.quirks = quirks;
  }

  @Override
  public DiarizationAbilities abilities(String model) {
    return ABILITIES;
  }

  @Override
  public Flow.Publisher<SpeakerEvent> diarize(DiarizationCall call, Target target) {
    long bytesMax = client.spec().responseBytesMax();
    return new Reclassified<>(
        client.send(
            new Outgoing(PATH, "application/json", call.requestId(), call.headers()),
            target,
            () -> question(call, target),
            () -> new SpeakerAnswer(target, bytesMax, TurnList::read)),
        error -> quirks.failures().edit(target, error));
  }

  private static Body question(DiarizationCall call, Target target) {
    FormBody form =
        FormBody.create().field("model", target.model()).field("response_format", "json");
    for (KnownSpeaker known : call.speakers().known()) {
      form.field("known_speaker_names[]", known.name());
      form.field("known_speaker_references[]", dataUrl(known.reference()));
    }
    ExtraFields.add(form, call.extra(), OWN);
    Clip clip = call.clip();
    return form.sound("file", "file." + clip.encoding().wireName(), clip.encoding(), clip.bytes())
        .body();
  }

  private static String dataUrl(Clip clip) {
    return "data:"
        + clip.encoding().mediaType(Clip.RATE_HZ, 1)
        + ";base64,"
        + Base64.getEncoder().encodeToString(clip.bytes());
  }
}
