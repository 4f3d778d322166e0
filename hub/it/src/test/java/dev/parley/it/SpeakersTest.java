package dev.parley.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.protobuf.ByteString;
import com.linecorp.armeria.client.grpc.GrpcClients;
import dev.parley.proto.v1.AudioSource;
import dev.parley.proto.v1.DiarizationConfig;
import dev.parley.proto.v1.DiarizeRequest;
import dev.parley.proto.v1.DiarizeResponse;
import dev.parley.proto.v1.KnownSpeaker;
import dev.parley.proto.v1.SpeakerTurn;
import dev.parley.proto.v1.SpeechServiceGrpc;
import dev.parley.proto.v1.VerifySpeakerRequest;
import dev.parley.proto.v1.VerifySpeakerResponse;
import dev.parley.testkit.backend.Behaviour;
import dev.parley.testkit.backend.Form;
import dev.parley.testkit.content.Dialogue;
import dev.parley.testkit.openai.FakeSpeaches;
import dev.parley.testkit.pyannote.FakePyannote;
import dev.parley.testkit.sound.Babble;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Questions about speakers through the started hub, whose backends hear who speaks. */
final class SpeakersTest {

  private static final FakePyannote PYANNOTE = new FakePyannote();
  private static final FakePyannote OTHER = new FakePyannote();
  private static final FakeSpeaches SPEACHES = new FakeSpeaches("segmentation");
  private static final Duration SOON = Duration.ofSeconds(10);

  private static final Dialogue TALK =
      Dialogue.of(
          new Dialogue.Turn(0, 0.5, 3), new Dialogue.Turn(1, 2.5, 5.5), new Dialogue.Turn(0, 6, 7));

  @RegisterExtension
  static final HubUnderTest hub =
      HubUnderTest.of(
              """
              server: { port: 0 }
              local: { speech: off }
              backends:
                - id: pyannote
                  type: pyannote
                  base_url: ${pyannote}
                - id: other
                  type: pyannote
                  base_url: ${other}
                  models: [ { id: spare, capabilities: [diarization] } ]
                - id: speaches
                  type: speaches
                  base_url: ${speaches}
                  models: [ { id: segmentation, capabilities: [diarization] } ]
              models:
                - id: safe
                  targets:
                    - { backend: pyannote, model: pyannote/speaker-diarization-3.1 }
                    - { backend: other, model: spare }
              """)
          .behind("pyannote", PYANNOTE)
          .behind("other", OTHER)
          .behind("speaches", SPEACHES);

  private final Http http = new Http(hub);

  @BeforeEach
  void forget() {
    PYANNOTE.forgetRequests();
    OTHER.forgetRequests();
    SPEACHES.forgetRequests();
  }

  private Reply form(String path, byte[] file, String... values) {
    Sounds.Form form = Sounds.Form.of(file, values);
    return http.post(path, form.body(), "content-type", form.type());
  }

  private static SpeechServiceGrpc.SpeechServiceBlockingStub grpc() {
    return GrpcClients.newClient(
        "gproto+h2c://127.0.0.1:" + hub.port() + "/",
        SpeechServiceGrpc.SpeechServiceBlockingStub.class);
  }

  private static AudioSource audio(byte[] bytes) {
    return AudioSource.newBuilder().setContent(ByteString.copyFrom(bytes)).build();
  }

  private static String dataUrl(byte[] wav) {
    return "data:audio/wav;base64," + Base64.getEncoder().encodeToString(wav);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/speakers/diarize", "/api/diarization/process"})
  void tellsWhoSpokeWhen(String path) {
    Reply reply = form(path, TALK.wav(44_100));
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    assertThat(reply.json().path("num_speakers").asInt()).isEqualTo(2);
    assertThat(reply.json().path("duration").asDouble()).isCloseTo(7.2, within(0.01));
    var segments = reply.json().path("segments");
    assertThat(segments).hasSize(3);
    for (int i = 0; i < 3; i++) {
      Dialogue.Turn said = TALK.turns().get(i);
      assertThat(segments.get(i).path("speaker").asText()).isEqualTo("SPEAKER_0" + said.speaker());
      assertThat(segments.get(i).path("start").asDouble()).isCloseTo(said.start(), within(0.06));
      assertThat(segments.get(i).path("end").asDouble()).isCloseTo(said.end(), within(0.06));
    }
    assertThat(reply.header("x-parley-backend")).contains("pyannote");
  }

  @Test
  void tellsItOverGrpcAndAsJson() {
    DiarizeResponse found =
        grpc()
            .diarize(
                DiarizeRequest.newBuilder()
                    .setAudio(audio(TALK.wav(16_000)))
                    .setConfig(DiarizationConfig.newBuilder().setMaxSpeakers(2))
                    .build());
    assertThat(found.getNumSpeakers()).isEqualTo(2);
    assertThat(found.getSegmentsList())
        .extracting(SpeakerTurn::getSpeaker)
        .containsExactly("SPEAKER_00", "SPEAKER_01", "SPEAKER_00");
    Form sent = Form.of(PYANNOTE.requests("/diarize").getLast());
    assertThat(sent.text("max_speakers")).contains("2");
    Reply json =
        http.post(
            "/speakers/diarize",
            "{\"audio\":{\"content\":\"%s\"}}"
                .formatted(Base64.getEncoder().encodeToString(TALK.wav(16_000))));
    assertThat(json.status()).as(json.text()).isEqualTo(200);
    assertThat(json.json().path("num_speakers").asInt()).isEqualTo(2);
  }

  @Test
  void writesRttm() {
    Sounds.Form form = Sounds.Form.of(TALK.wav(16_000));
    Reply reply =
        http.post(
            "/speakers/diarize", form.body(), "content-type", form.type(), "accept", "text/x-rttm");
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    assertThat(reply.header("content-type")).contains("text/x-rttm; charset=utf-8");
    assertThat(reply.text().lines())
        .hasSize(3)
        .first()
        .isEqualTo("SPEAKER audio 1 0.500 2.500 <NA> <NA> SPEAKER_00 <NA> <NA>");
    Reply speaches = form("/v1/audio/diarization", TALK.wav(16_000), "response_format", "rttm");
    assertThat(speaches.text()).isEqualTo(reply.text());
  }

  @Test
  void answersAsSpeachesDoes() {
    Reply reply =
        form(
            "/v1/audio/diarization",
            TALK.wav(16_000),
            "model",
            "segmentation",
            "known_speaker_names[]",
            "Zoë",
            "known_speaker_references[]",
            dataUrl(Dialogue.voice(1, 4).wav(16_000)));
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    assertThat(reply.json().path("duration").asDouble()).isCloseTo(7.2, within(0.01));
    assertThat(reply.json().path("segments").get(1).path("speaker").asText()).isEqualTo("Zoë");
    assertThat(PYANNOTE.requests("/verify")).isEmpty();
  }

  @Test
  void findsKnownSpeakersByComparingWhereTheModelKnowsNone() {
    DiarizeResponse found =
        grpc()
            .diarize(
                DiarizeRequest.newBuilder()
                    .setAudio(audio(TALK.wav(16_000)))
                    .setModel("spare")
                    .setConfig(
                        DiarizationConfig.newBuilder()
                            .addKnownSpeakers(
                                KnownSpeaker.newBuilder()
                                    .setName("Ann")
                                    .setReference(audio(Dialogue.voice(1, 3).wav(24_000))))
                            .addKnownSpeakers(
                                KnownSpeaker.newBuilder()
                                    .setName("Nobody")
                                    .setReference(audio(Dialogue.voice(6, 3).wav(24_000)))))
                    .build());
    assertThat(found.getSegmentsList())
        .extracting(SpeakerTurn::getSpeaker)
        .containsExactly("SPEAKER_00", "Ann", "SPEAKER_00");
    assertThat(PYANNOTE.requests("/verify")).hasSize(4);
  }

  @Test
  void comparesTwoRecordings() {
    byte[] one = Dialogue.voice(3, 3).wav(16_000);
    VerifySpeakerResponse same =
        grpc()
            .verifySpeaker(
                VerifySpeakerRequest.newBuilder()
                    .setAudio1(audio(one))
                    .setAudio2(audio(Dialogue.voice(3, 5).wav(48_000)))
                    .build());
    assertThat(same.getIsSameSpeaker()).isTrue();
    assertThat(same.getSimilarityScore()).isCloseTo(0.8742f, within(1e-6f));
    assertThat(same.getThreshold()).isEqualTo(0.5f);
    Reply strict = verify(one, Dialogue.voice(3, 3).wav(16_000), "threshold", "0.9");
    assertThat(strict.status()).as(strict.text()).isEqualTo(200);
    assertThat(strict.json().path("is_same_speaker").asBoolean(true)).isFalse();
    assertThat(strict.json().path("threshold").asDouble()).isCloseTo(0.9, within(1e-6));
    Reply other = verify(one, Dialogue.voice(4, 3).wav(16_000));
    assertThat(other.json().path("is_same_speaker").asBoolean(true)).isFalse();
  }

  private Reply verify(byte[] one, byte[] other, String... values) {
    String boundary = "two-files-0815";
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (int i = 0; i < values.length; i += 2) {
      put(body, "--" + boundary + "\r\ncontent-disposition: form-data; name=\"" + values[i]);
      put(body, "\"\r\n\r\n" + values[i + 1] + "\r\n");
    }
    // The second comes first: names count, not places.
    file(body, boundary, "file2", other);
    file(body, boundary, "file1", one);
    put(body, "--" + boundary + "--\r\n");
    return http.post(
        "/speakers/verify",
        body.toByteArray(),
        "content-type",
        "multipart/form-data; boundary=" + boundary);
  }

  private static void file(ByteArrayOutputStream body, String boundary, String name, byte[] file) {
    put(body, "--" + boundary + "\r\ncontent-disposition: form-data; name=\"" + name);
    put(body, "\"; filename=\"a.wav\"\r\ncontent-type: audio/wav\r\n\r\n");
    body.writeBytes(file);
    put(body, "\r\n");
  }

  private static void put(ByteArrayOutputStream body, String text) {
    body.writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void filesAreToldApartByTheirNames() {
    byte[] one = Dialogue.voice(0, 2).wav(16_000);
    byte[] other = Dialogue.voice(1, 3).wav(16_000);
    verify(one, other);
    Form sent = Form.of(PYANNOTE.requests("/verify").getLast());
    assertThat(sent.bytes("file1")).hasValue(one);
    assertThat(sent.bytes("file2")).hasValue(other);
  }

  @Test
  void goesElsewhereWhereABackendFails() {
    PYANNOTE.broken(true);
    try {
      Reply reply = form("/speakers/diarize", TALK.wav(16_000), "model", "safe");
      assertThat(reply.status()).as(reply.text()).isEqualTo(200);
      assertThat(reply.header("x-parley-backend")).contains("other");
    } finally {
      PYANNOTE.broken(false);
    }
  }

  @Test
  void silenceIsAnsweredHere() {
    Reply reply = form("/speakers/diarize", Babble.wav(new float[48_000], 16_000));
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    assertThat(reply.json().path("segments")).isEmpty();
    assertThat(reply.json().path("duration").asDouble()).isEqualTo(3);
    assertThat(PYANNOTE.requests("/diarize")).isEmpty();
    Reply compared =
        verify(Dialogue.voice(0, 2).wav(16_000), Babble.wav(new float[48_000], 16_000));
    assertThat(compared.status()).isEqualTo(400);
    assertThat(compared.text()).contains("silence", "audio2");
  }

  @Test
  void aCallerWhoLeavesStopsTheWork() throws InterruptedException {
    PYANNOTE.enqueue(Behaviour.hang());
    assertThatThrownBy(() ->
            grpc()
                .withDeadlineAfter(Duration.ofMillis(1_500))
                .diarize(DiarizeRequest.newBuilder().setAudio(audio(TALK.wav(16_000))).build()))
        .isInstanceOf(StatusRuntimeException.class);
    assertThat(PYANNOTE.awaitRequest("/diarize", SOON).awaitCancelled(SOON)).isTrue();
  }

  @Test
  void refusesWhatIsNoSound() {
    for (byte[] bytes :
        List.of("only some text".getBytes(StandardCharsets.UTF_8), new byte[] {0})) {
      Reply reply = form("/speakers/diarize", bytes);
      assertThat(reply.status()).as(reply.text()).isEqualTo(400);
      assertThat(reply.text()).contains("\"param\":\"audio\"");
    }
    assertThatThrownBy(() ->
            grpc().diarize(DiarizeRequest.newBuilder().setAudio(audio(new byte[] {1})).build()))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT));
  }

  @Test
  void refusesWishesThatMakeNoSense() {
    byte[] wav = TALK.wav(16_000);
    assertRefused(form("/speakers/diarize", wav, "num_speakers", "0"), "num_speakers");
    assertRefused(
        form("/speakers/diarize", wav, "num_speakers", "2", "max_speakers", "3"), "bounds");
    assertRefused(
        form("/speakers/diarize", wav, "min_speakers", "3", "max_speakers", "2"), "max_speakers");
    assertRefused(form("/speakers/diarize", wav, "num_speaker", "2"), "did you mean num_speakers");
    assertRefused(form("/speakers/diarize", new byte[0]), "file");
    assertRefused(form("/v1/audio/diarization", wav, "response_format", "rtm"), "rttm");
    assertRefused(form("/speakers/verify", wav), "file1");
    assertRefused(
        form(
            "/v1/audio/diarization",
            wav,
            "known_speaker_names[]",
            "Ann",
            "known_speaker_references[]",
            dataUrl(Dialogue.voice(1, 1).wav(16_000))),
        "known_speaker_references[0]");
    assertThat(PYANNOTE.requests("/diarize")).isEmpty();
  }

  private static void assertRefused(Reply reply, String words) {
    assertThat(reply.status()).as(reply.text()).isEqualTo(400);
    assertThat(reply.text()).contains(words);
  }

  @Test
  void saysWhatAModelCannot() {
    byte[] wav = TALK.wav(16_000);
    Reply counted = form("/speakers/diarize", wav, "model", "segmentation", "num_speakers", "2");
    assertThat(counted.status()).isEqualTo(400);
    assertThat(counted.text()).contains("how many speakers");
    Reply embedding = form("/speakers/diarize", wav, "model", "pyannote/embedding");
    assertThat(embedding.status()).as(embedding.text()).isEqualTo(400);
    Reply unknown = form("/speakers/diarize", wav, "model", "sgmentation");
    assertThat(unknown.status()).isEqualTo(404);
    assertThat(unknown.text()).contains("segmentation");
  }
}
