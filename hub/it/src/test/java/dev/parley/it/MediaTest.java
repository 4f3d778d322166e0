package dev.parley.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import dev.parley.proto.v1.AudioChunk;
import dev.parley.proto.v1.AudioEncoding;
import dev.parley.proto.v1.AudioFormat;
import dev.parley.proto.v1.AudioServiceGrpc;
import dev.parley.proto.v1.AudioSource;
import dev.parley.proto.v1.ConvertRequest;
import dev.parley.proto.v1.DownloadRequest;
import dev.parley.proto.v1.Media;
import dev.parley.proto.v1.UploadRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Uploads over HTTP and gRPC. */
final class MediaTest {

  @RegisterExtension
  static final HubUnderTest hub =
      HubUnderTest.of(
          "server: { port: 0 }\nmedia: { item_bytes_max: 1MiB, total_bytes_max: 8MiB }");

  private final Http http = new Http(hub);

  private static byte[] second() {
    return Sounds.wav(Sounds.tone(16_000, 1, 1, 440), 16_000, 1);
  }

  private JsonNode upload(byte[] bytes) {
    Reply reply = http.post("/api/media", bytes, "content-type", "application/octet-stream");
    assertThat(reply.status()).as(reply.text()).isEqualTo(201);
    return reply.json();
  }

  @Test
  void keepsWhatIsUploadedAndTellsWhatItIs() {
    JsonNode media = upload(second());
    assertThat(media.path("name").asText()).matches("media/[a-z2-7]{32}");
    assertThat(media.path("size_bytes").asLong()).isEqualTo(32_044);
    assertThat(media.path("duration").asDouble()).isEqualTo(1.0);
    assertThat(media.path("sha256").asText()).hasSize(64);
    assertThat(media.path("format").path("encoding").asText()).isEqualTo("wav");
    assertThat(media.path("format").path("sample_rate_hz").asInt()).isEqualTo(16_000);
    Reply back = http.get("/api/" + media.path("name").asText());
    assertThat(back.body()).isEqualTo(second());
    assertThat(back.header("content-type")).contains("audio/wav");
    assertThat(back.header("content-length")).contains("32044");
    assertThat(back.header("x-content-type-options")).contains("nosniff");
  }

  @Test
  void theSameBytesHaveTheSameName() {
    assertThat(upload(second()).path("name")).isEqualTo(upload(second()).path("name"));
  }

  @Test
  void whatIsUploadedIsTakenWhereverSoundIs() {
    String name = upload(second()).path("name").asText();
    Reply made =
        http.post("/audio/convert", "{\"media\":\"" + name + "\",\"output_format\":\"pcm\"}");
    assertThat(made.body()).isEqualTo(Arrays.copyOfRange(second(), 44, 32_044));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "..%2F..%2Fhub.yaml",
        "%2Fetc%2Fpasswd",
        "%00",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
      })
  void namesThatNobodyGaveFindNothing(String id) {
    assertThat(http.get("/api/media/" + id).status()).isIn(400, 404);
    Reply made = http.post("/audio/convert", "{\"media\":\"media/" + id + "\"}");
    assertThat(made.error(404).path("code").asText()).isEqualTo("media_not_found");
  }

  @Test
  void refusesWhatIsTooLargeAsSoonAsItIsKnown() {
    Reply refused = http.post("/api/media", new byte[(1 << 20) + 1], "content-type", "audio/wav");
    assertThat(refused.error(413).path("code").asText()).isEqualTo("too_large");
  }

  @Test
  void uploadsAndDownloadsOverGrpc() throws Exception {
    try (GrpcCaller caller = new GrpcCaller(hub)) {
      CompletableFuture<Media> kept = new CompletableFuture<>();
      StreamObserver<UploadRequest> upload =
          caller.stub(AudioServiceGrpc.AudioServiceStub.class).upload(Answers.one(kept));
      byte[] pcm = Sounds.tone(8_000, 1, 2, 300);
      upload.onNext(
          UploadRequest.newBuilder()
              .setFormat(
                  AudioFormat.newBuilder()
                      .setEncoding(AudioEncoding.AUDIO_ENCODING_PCM_S16LE)
                      .setSampleRateHz(8_000)
                      .setChannelCount(1))
              .build());
      for (int at = 0; at < pcm.length; at += 5_000) {
        upload.onNext(
            UploadRequest.newBuilder()
                .setData(ByteString.copyFrom(pcm, at, Math.min(5_000, pcm.length - at)))
                .build());
      }
      upload.onCompleted();
      Media media = kept.get(10, TimeUnit.SECONDS);
      assertThat(media.getSizeBytes()).isEqualTo(pcm.length);
      assertThat(media.getDuration()).isEqualTo(2.0);
      assertThat(media.getFormat().getEncoding()).isEqualTo(AudioEncoding.AUDIO_ENCODING_PCM_S16LE);
      AudioServiceGrpc.AudioServiceBlockingStub audio =
          caller.stub(AudioServiceGrpc.AudioServiceBlockingStub.class);
      assertThat(
              all(audio.download(DownloadRequest.newBuilder().setMedia(media.getName()).build())))
          .isEqualTo(pcm);
      Iterator<AudioChunk> converted =
          audio.convert(
              ConvertRequest.newBuilder()
                  .setAudio(AudioSource.newBuilder().setMedia(media.getName()))
                  .setFormat(AudioFormat.newBuilder().setSampleRateHz(16_000))
                  .build());
      assertThat(all(converted)).hasSize(2 * pcm.length);
    }
  }

  @Test
  void refusesAFormatThatComesAfterData() throws Exception {
    try (GrpcCaller caller = new GrpcCaller(hub)) {
      CompletableFuture<Media> kept = new CompletableFuture<>();
      StreamObserver<UploadRequest> upload =
          caller.stub(AudioServiceGrpc.AudioServiceStub.class).upload(Answers.one(kept));
      upload.onNext(UploadRequest.newBuilder().setData(ByteString.copyFromUtf8("some")).build());
      upload.onNext(UploadRequest.newBuilder().setFormat(AudioFormat.getDefaultInstance()).build());
      assertThat(kept)
          .failsWithin(Duration.ofSeconds(10))
          .withThrowableThat()
          .withMessageContaining("INVALID_ARGUMENT");
    }
  }

  @Test
  void tellsThatAnUploadIsUnknown() {
    try (GrpcCaller caller = new GrpcCaller(hub)) {
      StatusRuntimeException failure =
          catchThrowableOfType(
              StatusRuntimeException.class,
              () ->
                  all(
                      caller
                          .stub(AudioServiceGrpc.AudioServiceBlockingStub.class)
                          .download(
                              DownloadRequest.newBuilder().setMedia("media/nothing").build())));
      assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND);
    }
  }

  private static byte[] all(Iterator<AudioChunk> chunks) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    while (chunks.hasNext()) {
      bytes.writeBytes(chunks.next().getData().toByteArray());
    }
    return bytes.toByteArray();
  }
}
