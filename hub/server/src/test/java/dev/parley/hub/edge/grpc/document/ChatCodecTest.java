package dev.parley.hub.edge.grpc.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.parley.core.model.CallHead;
import dev.parley.core.model.Modality;
import dev.parley.proto.v1.AudioOutput;
import dev.parley.proto.v1.CompleteRequest;
import dev.parley.proto.v1.Content;
import dev.parley.proto.v1.MediaPart;
import dev.parley.proto.v1.Message;
import dev.parley.proto.v1.ResponseFormat;
import dev.parley.proto.v1.Sampling;
import dev.parley.proto.v1.Tool;
import dev.parley.proto.v1.ToolCall;
import dev.parley.proto.v1.ToolChoice;
import org.junit.jupiter.api.Test;

class ChatCodecTest {

  @Test
  void plainTextIsAString() {
    CompleteRequest request =
        CompleteRequest.newBuilder().setModel("m").addMessages(user()).build();
    assertSpelled(request, "{'model':'m','messages':[{'role':'user','content':'hi'}]}");
  }

  @Test
  void samplingLiesBesideTheMessages() {
    CompleteRequest request =
        CompleteRequest.newBuilder()
            .setSampling(
                Sampling.newBuilder()
                    .setTemperature(0.5)
                    .setMaxTokens(7)
                    .setSeed(1L << 60)
                    .addStop("x")
                    .setLogprobs(true)
                    .setTopLogprobs(2)
                    .putLogitBias("50256", -100))
            .build();
    assertSpelled(
        request,
        "{'messages':[],'temperature':0.5,'max_tokens':7,'seed':1152921504606846976,'stop':['x'],"
            + "'logit_bias':{'50256':-100},'logprobs':true,'top_logprobs':2}");
  }

  @Test
  void toolsAndFormatsNestAsBackendsExpect() {
    CompleteRequest request =
        CompleteRequest.newBuilder()
            .addTools(
                Tool.newBuilder()
                    .setName("f")
                    .setParametersJson("{\"type\": 1.0}")
                    .setStrict(true)
                    .setExtraJson("{\"a\":1,\"function\":{\"b\":2}}"))
            .addTools(Tool.newBuilder().setType("web_search").setExtraJson("{\"size\":3}"))
            .setToolChoice(ToolChoice.newBuilder().setFunction("f"))
            .setResponseFormat(
                ResponseFormat.newBuilder()
                    .setType("json_schema")
                    .setName("s")
                    .setSchemaJson("{}")
                    .setExtraJson("{\"json_schema\":{\"description\":\"d\"}}"))
            .build();
    assertSpelled(
        request,
        "{'messages':[],'tools':[{'type':'function','a':1,'function':{'name':'f','parameters':"
            + "{'type':1.0},'strict':true,'b':2}},{'type':'web_search','size':3}],"
            + "'tool_choice':{'type':'function','function':{'name':'f'}},"
            + "'response_format':{'type':'json_schema','json_schema':{'name':'s','schema':{},"
            + "'description':'d'}}}");
  }

  @Test
  void mediaBecomesThePartOfItsKind() {
    MediaPart wav =
        MediaPart.newBuilder()
            .setData(ByteString.copyFromUtf8("abc"))
            .setMimeType("audio/wav")
            .build();
    CompleteRequest request =
        CompleteRequest.newBuilder()
            .addMessages(
                Message.newBuilder()
                    .addContent(Content.newBuilder().setAudio(wav))
                    .addContent(
                        Content.newBuilder()
                            .setImage(wav.toBuilder().setMimeType("image/png").setDetail("low")))
                    .addContent(
                        Content.newBuilder().setVideo(MediaPart.newBuilder().setUrl("http://v")))
                    .addContent(
                        Content.newBuilder()
                            .setFile(MediaPart.getDefaultInstance())
                            .setExtraJson("{\"file\":{\"file_id\":\"f\"}}"))
                    .addContent(Content.newBuilder().setExtraJson("{\"type\":\"new\",\"x\":1}")))
            .build();
    assertSpelled(
        request,
        "{'messages':[{'content':[{'type':'input_audio','input_audio':{'data':'YWJj','format':"
            + "'wav'}},{'type':'image_url','image_url':{'url':'data:image/png;base64,YWJj',"
            + "'detail':'low'}},{'type':'video_url','video_url':{'url':'http://v'}},"
            + "{'type':'file','file':{'file_id':'f'}},{'type':'new','x':1}]}]}");
    assertThat(ChatCodec.head(request, false).inputs())
        .containsExactlyInAnyOrder(
            Modality.TEXT, Modality.AUDIO, Modality.IMAGE, Modality.VIDEO, Modality.FILE);
  }

  @Test
  void streamAsksForUsageOnlyWhenTheCallerDoes() {
    CompleteRequest request =
        CompleteRequest.newBuilder().setIncludeUsage(true).addModalities("audio").build();
    assertThat(JsonTrees.tree(ChatCodec.document(request, true)).get("stream_options"))
        .isEqualTo(JsonTrees.tree("{\"include_usage\":true}"));
    assertThat(ChatCodec.document(CompleteRequest.getDefaultInstance(), true).get("stream_options"))
        .isNull();
    CallHead head = ChatCodec.head(request, true);
    assertThat(head.includeUsage()).isTrue();
    assertThat(head.outputs()).containsExactly(Modality.AUDIO);
  }

  @Test
  void extraMembersPassWithTheirSpelling() {
    CompleteRequest request =
        CompleteRequest.newBuilder()
            .setExtraJson("{\"top_k\":1.0,\"big\":12345678901234567890,\"none\":null}")
            .build();
    assertSpelled(request, "{'messages':[],'top_k':1.0,'big':12345678901234567890,'none':null}");
  }

  @Test
  void refusesModelledNamesInExtra() {
    assertRefused(
        CompleteRequest.newBuilder().setExtraJson("{\"temperature\":1}").build(),
        "extra_json.temperature");
    assertRefused(
        CompleteRequest.newBuilder()
            .addMessages(
                Message.newBuilder()
                    .addToolCalls(
                        ToolCall.newBuilder().setExtraJson("{\"function\":{\"name\":\"x\"}}")))
            .build(),
        "messages[0].tool_calls[0].extra_json.function.name");
    assertRefused(
        CompleteRequest.newBuilder()
            .setAudio(AudioOutput.newBuilder().setExtraJson("{\"voice\":\"x\"}"))
            .build(),
        "audio.extra_json.voice");
  }

  @Test
  void refusesExtraThatIsNoObject() {
    assertRefused(CompleteRequest.newBuilder().setExtraJson("[1]").build(), "extra_json");
    assertRefused(CompleteRequest.newBuilder().setExtraJson("{").build(), "extra_json");
    assertRefused(
        CompleteRequest.newBuilder().setExtraJson("{\"a\":1,\"a\":2}").build(), "extra_json.a");
  }

  @Test
  void uploadsAreNotThereYet() {
    CompleteRequest request =
        CompleteRequest.newBuilder()
            .addMessages(
                Message.newBuilder()
                    .addContent(
                        Content.newBuilder().setImage(MediaPart.newBuilder().setMedia("media/1"))))
            .build();
    assertThatThrownBy(() -> ChatCodec.document(request, false))
        .hasMessageContaining("NotConfigured");
  }

  private static Message user() {
    return Message.newBuilder()
        .setRole("user")
        .addContent(Content.newBuilder().setText("hi"))
        .build();
  }

  private static void assertRefused(CompleteRequest request, String path) {
    assertThatThrownBy(() -> ChatCodec.document(request, false))
        .hasMessageContaining("field=" + path + ",");
  }

  private static void assertSpelled(CompleteRequest request, String expected) {
    assertThat(JsonTrees.tree(ChatCodec.document(request, false)))
        .isEqualTo(JsonTrees.tree(JsonTrees.json(expected)));
  }
}
