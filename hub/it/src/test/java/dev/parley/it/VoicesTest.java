package dev.parley.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import com.google.rpc.ErrorInfo;
import dev.parley.proto.v1.AddReferencesRequest;
import dev.parley.proto.v1.AudioSource;
import dev.parley.proto.v1.CreateVoiceRequest;
import dev.parley.proto.v1.DeleteVoiceRequest;
import dev.parley.proto.v1.DeleteVoiceResponse;
import dev.parley.proto.v1.GetVoiceRequest;
import dev.parley.proto.v1.ListVoicesRequest;
import dev.parley.proto.v1.ListVoicesResponse;
import dev.parley.proto.v1.Voice;
import dev.parley.proto.v1.VoicePrompt;
import dev.parley.proto.v1.VoiceServiceGrpc;
import dev.parley.testkit.sound.Babble;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The voice library over HTTP and gRPC. */
final class VoicesTest {

  /** Without the engines of this machine, which bring many voices of their own. */
  @RegisterExtension
  static final HubUnderTest hub =
      HubUnderTest.of("{ server: { port: 0 }, local: { speech: off } }");

  private static final byte[] SPOKEN = Babble.wav(24_000, 4, 1);
  private static final byte[] OTHER = Babble.wav(16_000, 3, 2);

  private final Http http = new Http(hub);

  @AfterEach
  void forgetAll() {
    for (JsonNode voice : http.get("/voices").json()) {
      assertThat(delete("/voices/" + voice.path("voice_id").asText()).status()).isEqualTo(200);
    }
  }

  private Reply delete(String path, String... headers) {
    return http.send(path, "DELETE", BodyPublishers.noBody(), headers);
  }

  /** A form of parts: a name, and a text or a file. */
  private Reply form(String path, Object... parts) {
    return form(path, List.of(), parts);
  }

  private Reply form(String path, List<String> headers, Object... parts) {
    String boundary = "a-boundary-4711";
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (int i = 0; i < parts.length; i += 2) {
      boolean file = parts[i + 1] instanceof byte[];
      String head =
          String.format(
              Locale.ROOT,
              "--%s\r\ncontent-disposition: form-data; name=\"%s\"%s\r\n\r\n",
              boundary,
              parts[i],
              file ? "; filename=\"a.wav\"" : "");
      body.writeBytes(head.getBytes(StandardCharsets.UTF_8));
      body.writeBytes(
          parts[i + 1] instanceof byte[] bytes
              ? bytes
              : parts[i + 1].toString().getBytes(StandardCharsets.UTF_8));
      body.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
    }
    body.writeBytes(("--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8));
    String[] all =
        Stream.concat(
                Stream.of("content-type", "multipart/form-data; boundary=" + boundary),
                headers.stream())
            .toArray(String[]::new);
    return http.post(path, body.toByteArray(), all);
  }

  private JsonNode made(String name) {
    Reply reply = form("/voices", "name", name, "files", SPOKEN);
    assertThat(reply.status()).as(reply.text()).isEqualTo(201);
    return reply.json();
  }

  @Test
  void makesListsGetsChangesAndDeletesAVoiceByForms() {
    Reply reply =
        form(
            "/voices",
            "name",
            "Anna",
            "files[]",
            SPOKEN,
            "files[]",
            OTHER,
            "transcripts[]",
            "one",
            "transcripts[]",
            "two",
            "languages",
            "en, de",
            "labels[mood]",
            "calm",
            "consent",
            "given on paper");
    assertThat(reply.status()).as(reply.text()).isEqualTo(201);
    JsonNode voice = reply.json();
    String id = voice.path("voice_id").asText();
    assertThat(id).matches("voice_[a-z2-7]{26}");
    assertThat(voice.path("kind").asText()).isEqualTo("cloned");
    assertThat(voice.path("references_count").asInt()).isEqualTo(2);
    assertThat(voice.path("references").get(1).path("transcript").asText()).isEqualTo("two");
    assertThat(voice.path("references").get(0).path("duration").asDouble()).isEqualTo(4.0);
    assertThat(voice.path("labels").path("consent").asText()).isEqualTo("given on paper");
    assertThat(voice.path("labels").path("mood").asText()).isEqualTo("calm");
    JsonNode list = http.get("/voices?language=de").json();
    assertThat(list.isArray()).isTrue();
    assertThat(list.get(0)).isEqualTo(voice);
    assertThat(http.get("/voices?language=fr").json()).isEmpty();
    assertThat(http.get("/voices/anna").json()).isEqualTo(voice);
    Reply more = form("/voices/" + id + "/references", "files", Babble.wav(24_000, 2, 3));
    assertThat(more.status()).as(more.text()).isEqualTo(200);
    assertThat(more.json().path("references_count").asInt()).isEqualTo(3);
    Reply gone = delete("/voices/" + id);
    assertThat(gone.json().path("status").asText()).isEqualTo("deleted");
    assertThat(gone.json().path("voice_id").asText()).isEqualTo(id);
    assertThat(http.get("/voices/" + id).error(404).path("code").asText())
        .isEqualTo("voice_not_found");
  }

  @Test
  void takesJsonBySchema() {
    String audio = Base64.getEncoder().encodeToString(SPOKEN);
    Reply reply =
        http.post(
            "/voices",
            "{\"name\":\"Json\",\"references\":[{\"audio\":{\"content\":\""
                + audio
                + "\"},\"transcript\":\"hi\"}],\"languages\":[\"en\"],\"tone\":7}");
    assertThat(reply.status()).as(reply.text()).isEqualTo(201);
    assertThat(reply.json().path("tone").asInt()).isEqualTo(7);
    String id = reply.json().path("voice_id").asText();
    String other = Base64.getEncoder().encodeToString(OTHER);
    Reply more =
        http.post(
            "/voices/" + id + "/references",
            "{\"references\":[{\"audio\":{\"content\":\"" + other + "\"}}]}");
    assertThat(more.status()).as(more.text()).isEqualTo(200);
    assertThat(more.json().path("references_count").asInt()).isEqualTo(2);
  }

  @Test
  void givesTheNextPageInAHeader() {
    made("a");
    made("b");
    made("c");
    Reply first = http.get("/voices?page_size=2");
    assertThat(first.json()).hasSize(2);
    String token = first.header("x-next-page-token").orElseThrow();
    Reply second = http.get("/voices?page_size=2&page_token=" + token);
    assertThat(second.json()).hasSize(1);
    assertThat(second.header("x-next-page-token")).isEmpty();
    assertThat(http.get("/voices?page_token=nonsense").error(400).path("param").asText())
        .isEqualTo("page_token");
  }

  @Test
  void saysWhatIsTakenWhatHasChangedAndWhatIsNearest() {
    JsonNode voice = made("Anna");
    Reply taken = form("/voices", "name", "ANNA", "files", SPOKEN);
    assertThat(taken.error(409).path("code").asText()).isEqualTo("conflict");
    assertThat(http.get("/voices/Hanna").error(404).path("message").asText())
        .contains("did you mean 'Anna'?");
    String path = "/voices/" + voice.path("voice_id").asText();
    assertThat(delete(path, "if-match", "\"other\"").status()).isEqualTo(409);
    assertThat(delete(path, "if-match", "\"" + voice.path("etag").asText() + "\"").status())
        .isEqualTo(200);
  }

  @Test
  void answersARepeatedRequestTheSame() {
    List<String> key = List.of("idempotency-key", "k1");
    Reply first = form("/voices", key, "name", "Once", "files", SPOKEN);
    Reply again = form("/voices", key, "name", "Once", "files", SPOKEN);
    assertThat(again.status()).as(again.text()).isEqualTo(201);
    assertThat(again.json()).isEqualTo(first.json());
    JsonNode error = form("/voices", key, "name", "Twice", "files", SPOKEN).error(400);
    assertThat(error.path("param").asText()).isEqualTo("idempotency-key");
  }

  @Test
  void refusesWhatIsNoRecordingOfAVoiceAndStoresNothing() throws Exception {
    assertThat(param(form("/voices", "name", "X"))).isEqualTo("references");
    Object[] eleven = new Object[24];
    Arrays.setAll(eleven, i -> i == 0 ? "name" : i == 1 ? "X" : i % 2 == 0 ? "files" : OTHER);
    assertThat(param(form("/voices", eleven))).isEqualTo("references");
    byte[] zip = Arrays.copyOf(new byte[] {'P', 'K', 3, 4}, 5_000);
    byte[] silence = Babble.wav(new float[24_000 * 3], 24_000);
    byte[] brief = Babble.wav(24_000, 0.5, 1);
    byte[] hours = Babble.wav(new float[8_000 * 60 * 15], 8_000);
    float[] loud = Babble.samples(24_000, 3, 1);
    for (int i = 0; i < loud.length; i++) {
      loud[i] = Math.clamp(loud[i] * 50, -1f, 1f);
    }
    for (byte[] bad : List.of(zip, silence, brief, hours, Babble.wav(loud, 24_000), new byte[0])) {
      Reply refused = form("/voices", "name", "X", "files", OTHER, "files", bad);
      assertThat(param(refused)).as(refused.text()).isEqualTo("references[1]");
    }
    assertThat(param(form("/voices", "name", "", "files", SPOKEN))).isEqualTo("name");
    assertThat(form("/voices", "name", "X", "files", SPOKEN, "nmae", "Y").text())
        .contains("did you mean name?");
    assertThat(http.get("/voices").json()).isEmpty();
    assertThat(recordings()).isZero();
  }

  private static String param(Reply refused) {
    return refused.error(400).path("param").asText();
  }

  private static long recordings() throws IOException {
    try (Stream<Path> files = Files.walk(hub.data().resolve("voices/audio"))) {
      return files.filter(Files::isRegularFile).count();
    }
  }

  @Test
  void speaksTheShapesOfOthers() {
    Reply made =
        form(
            "/v1/audio/voices",
            "name",
            "Sample",
            "audio_sample",
            SPOKEN,
            "consent",
            "yes",
            "ref_text",
            "what was said");
    assertThat(made.status()).as(made.text()).isEqualTo(200);
    assertThat(made.json().path("object").asText()).isEqualTo("audio.voice");
    JsonNode list = http.get("/v1/audio/voices").json();
    assertThat(list.path("voices").get(0).asText()).isEqualTo("Sample");
    JsonNode uploaded = list.path("uploaded_voices").get(0);
    assertThat(uploaded.path("consent").asText()).isEqualTo("yes");
    assertThat(uploaded.path("ref_text").asText()).isEqualTo("what was said");
    Reply prompt = form("/v1/create_voice_prompt", "audio", OTHER, "reference_text", "once more");
    assertThat(prompt.status()).as(prompt.text()).isEqualTo(200);
    Reply again = form("/v1/create_voice_prompt?reference_text=once%20more", "audio", OTHER);
    assertThat(again.json()).isEqualTo(prompt.json());
    String id = prompt.json().path("voice_prompt").path("voice_id").asText();
    assertThat(http.get("/voices/" + id).json().path("references_count").asInt()).isEqualTo(1);
  }

  @Test
  void doesTheSameOverGrpc() throws Exception {
    try (GrpcCaller caller = new GrpcCaller(hub)) {
      var voices = caller.stub(VoiceServiceGrpc.VoiceServiceBlockingStub.class);
      Voice made =
          voices.createVoice(
              CreateVoiceRequest.newBuilder()
                  .setName("Grpc")
                  .addReferences(prompt(SPOKEN))
                  .addLanguages("en-GB")
                  .putLabels("consent", "yes")
                  .build());
      assertThat(voices.getVoice(GetVoiceRequest.newBuilder().setVoiceId("grpc").build()))
          .isEqualTo(made);
      ListVoicesResponse list =
          voices.listVoices(ListVoicesRequest.newBuilder().setLanguage("en").build());
      assertThat(list.getVoicesList()).containsExactly(made);
      Voice more =
          voices.addReferences(
              AddReferencesRequest.newBuilder()
                  .setVoiceId(made.getVoiceId())
                  .addReferences(prompt(OTHER))
                  .build());
      assertThat(more.getReferencesCount()).isEqualTo(2);
      DeleteVoiceRequest.Builder delete =
          DeleteVoiceRequest.newBuilder().setVoiceId(made.getVoiceId());
      StatusRuntimeException changed =
          catchThrowableOfType(
              StatusRuntimeException.class,
              () -> voices.deleteVoice(delete.setEtag(made.getEtag()).build()));
      assertThat(changed.getStatus().getCode()).isEqualTo(Status.Code.ABORTED);
      assertThat(GrpcCaller.detail(changed, ErrorInfo.class).getReason())
          .isEqualTo("ETAG_MISMATCH");
      StatusRuntimeException taken =
          catchThrowableOfType(
              StatusRuntimeException.class,
              () ->
                  voices.createVoice(
                      CreateVoiceRequest.newBuilder()
                          .setName("GRPC")
                          .addReferences(prompt(SPOKEN))
                          .build()));
      assertThat(taken.getStatus().getCode()).isEqualTo(Status.Code.ALREADY_EXISTS);
      DeleteVoiceResponse gone = voices.deleteVoice(delete.setEtag(more.getEtag()).build());
      assertThat(gone.getStatus()).isEqualTo("deleted");
    }
  }

  private static VoicePrompt prompt(byte[] wav) {
    return VoicePrompt.newBuilder()
        .setAudio(AudioSource.newBuilder().setContent(ByteString.copyFrom(wav)))
        .setTranscript("hello")
        .build();
  }
}
