package dev.parley.hub.edge.grpc.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import dev.parley.proto.v1.AudioEncoding;
import dev.parley.proto.v1.AudioFormat;
import dev.parley.proto.v1.AudioSource;
import dev.parley.proto.v1.Capability;
import dev.parley.proto.v1.CompleteRequest;
import dev.parley.proto.v1.ListModelsRequest;
import dev.parley.proto.v1.Model;
import dev.parley.proto.v1.Sampling;
import dev.parley.proto.v1.Tool;
import dev.parley.proto.v1.Usage;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProtoJsonTest {

  @Test
  void printsZerosButNotUnsetOptionals() {
    assertThat(json(AudioFormat.getDefaultInstance()))
        .isEqualTo(
            "{\"encoding\":\"unspecified\",\"sample_rate_hz\":0,\"channel_count\":0,"
                + "\"bit_rate_bps\":0}");
    assertThat(json(Usage.newBuilder().setAudioMs(1L << 60).build()))
        .isEqualTo("{\"audio_ms\":1152921504606846976}");
  }

  @Test
  void spellsTimesEnumsAndExtras() {
    Model model =
        Model.newBuilder()
            .setId("m")
            .setCreateTime(Timestamp.newBuilder().setSeconds(60))
            .addCapabilities(Capability.CAPABILITY_VOICE_CLONE)
            .setExtraJson("{\"x\":1.0}")
            .build();
    assertThat(json(model))
        .contains("\"create_time\":\"1970-01-01T00:01:00Z\"")
        .contains("\"capabilities\":[\"voice_clone\"]")
        .contains("\"aliases\":[]")
        .endsWith("\"x\":1.0}");
  }

  @Test
  void embedsRawJson() {
    assertThat(json(Tool.newBuilder().setParametersJson("{\"a\":1.0}").build()))
        .contains("\"parameters_json\":{\"a\":1.0}");
  }

  @Test
  void readsWhatItWrites() {
    AudioSource source =
        AudioSource.newBuilder()
            .setContent(ByteString.copyFromUtf8("abc"))
            .setFormat(AudioFormat.newBuilder().setEncoding(AudioEncoding.AUDIO_ENCODING_PCM_S16LE))
            .build();
    assertThat(json(source)).contains("\"pcm_s16le\"").contains("\"YWJj\"");
    assertThat(read(json(source), AudioSource.newBuilder())).isEqualTo(source);
    CompleteRequest request =
        CompleteRequest.newBuilder()
            .putMetadata("k", "v")
            .setSampling(Sampling.newBuilder().setSeed(Long.MIN_VALUE).setTopP(0.1))
            .setExtraJson("{\"q\":[1.0]}")
            .build();
    assertThat(read(json(request), CompleteRequest.newBuilder())).isEqualTo(request);
  }

  @Test
  void readsBothSpellingsOfNamesAndEnums() {
    ListModelsRequest expected =
        ListModelsRequest.newBuilder()
            .setPageSize(5)
            .addCapabilities(Capability.CAPABILITY_STT)
            .addCapabilities(Capability.CAPABILITY_STT)
            .build();
    assertThat(
            read(
                "{\"pageSize\":5,\"capabilities\":[\"stt\",\"CAPABILITY_STT\"]}",
                ListModelsRequest.newBuilder()))
        .isEqualTo(expected);
  }

  @Test
  void refusesUnknownMembersWithoutAPlaceForThem() {
    assertRefused("{\"page_sizes\":5}", "page_sizes");
    assertRefused("{\"capabilities\":[\"fly\"]}", "capabilities[0]");
    assertRefused("{\"page_size\":1.5}", "page_size");
    assertRefused("{\"page_size\":99999999999}", "page_size");
    assertRefused("[]", "body");
    assertRefused("{", "body");
  }

  @Test
  void refusesTwoOfOneChoice() {
    assertThatThrownBy(
            () -> read("{\"content\":\"YQ==\",\"media\":\"media/1\"}", AudioSource.newBuilder()))
        .hasMessageContaining("field=media");
  }

  @Test
  void mergesAnEnvelopeOfExtras() {
    assertThat(read("{\"extra_body\":{\"x\":1},\"y\":2}", CompleteRequest.newBuilder()).toString())
        .contains("x")
        .contains("y")
        .doesNotContain("extra_body");
    assertThatThrownBy(() -> read("{\"extra_body\":{\"model\":1}}", CompleteRequest.newBuilder()))
        .hasMessageContaining("field=extra_body.model");
  }

  private static String json(Message message) {
    return ProtoJson.write(message).raw();
  }

  private static Message read(String json, Message.Builder builder) {
    ProtoJson.read(json.getBytes(StandardCharsets.UTF_8), builder);
    return builder.build();
  }

  private static void assertRefused(String json, String path) {
    assertThatThrownBy(() -> read(json, ListModelsRequest.newBuilder()))
        .hasMessageContaining("field=" + path + ",");
  }
}
