package dev.parley.hub.edge.grpc.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.parley.proto.v1.Choice;
import dev.parley.proto.v1.CompleteResponse;
import dev.parley.proto.v1.Usage;
import java.util.Base64;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ChatAnswerTest {

  @Test
  void readsAWholeAnswer() {
    CompleteResponse response =
        read(
            "{'id':'c','object':'chat.completion','created':5,'model':'m','choices':[{'index':0,"
                + "'message':{'role':'assistant','content':null,'reasoning':'why','tool_calls':["
                + "{'id':'1','type':'function','function':{'name':'f','arguments':'{'}},"
                + "{'id':'2','type':'function','function':{'name':'g','arguments':{'a':1}}}]},"
                + "'finish_reason':'tool_calls','stop_reason':null}],'system_fingerprint':null,"
                + "'prompt_logprobs':null,'usage':{'prompt_tokens':1,'completion_tokens':2,"
                + "'total_tokens':3,'prompt_tokens_details':{'cached_tokens':1,'x':9}}}");
    assertThat(response.getId()).isEqualTo("c");
    assertThat(response.getCreated()).isEqualTo(5);
    Choice choice = response.getChoices(0);
    assertThat(choice.getMessage().getReasoning()).isEqualTo("why");
    assertThat(choice.getMessage().getContentCount()).isZero();
    assertThat(choice.getMessage().getToolCalls(0).getArgumentsJson()).isEqualTo("{");
    assertThat(choice.getMessage().getToolCalls(1).getIndex()).isEqualTo(1);
    assertThat(choice.getMessage().getToolCalls(1).getArgumentsJson()).isEqualTo("{\"a\":1}");
    assertThat(choice.getFinishReason()).isEqualTo("tool_calls");
    assertThat(choice.getExtraJson()).isEqualTo("{\"stop_reason\":null}");
    assertThat(response.getExtraJson()).isEqualTo("{\"prompt_logprobs\":null}");
    assertThat(response.getUsage())
        .isEqualTo(
            Usage.newBuilder()
                .setPromptTokens(1)
                .setCompletionTokens(2)
                .setTotalTokens(3)
                .setCachedTokens(1)
                .setExtraJson("{\"prompt_tokens_details\":{\"x\":9}}")
                .build());
  }

  @Test
  void keepsWhatDoesNotFit() {
    CompleteResponse response =
        read("{'created':1.5,'choices':[{'index':0,'delta':{'content':7,'new':[1.0]}}]}");
    assertThat(response.getExtraJson()).isEqualTo("{\"created\":1.5}");
    assertThat(response.getChoices(0).getMessage().getExtraJson())
        .isEqualTo("{\"content\":7,\"new\":[1.0]}");
  }

  @Test
  void readsLogprobsAndKeepsOtherForms() {
    CompleteResponse response =
        read(
            "{'choices':[{'index':0,'logprobs':{'content':[{'token':'a','logprob':-0.5,'bytes':"
                + "[97],'top_logprobs':[{'token':'b','logprob':-1,'bytes':null}]}],"
                + "'refusal':null}},{'index':1,'logprobs':{'tokens':['a']}}]}");
    assertThat(response.getChoices(0).getLogprobs(0).getBytes())
        .isEqualTo(ByteString.copyFromUtf8("a"));
    assertThat(response.getChoices(0).getLogprobs(0).getTop(0).getToken()).isEqualTo("b");
    assertThat(response.getChoices(1).getExtraJson())
        .isEqualTo("{\"logprobs\":{\"tokens\":[\"a\"]}}");
  }

  @Property(tries = 200)
  void joinsAudioCutAnywhere(@ForAll byte[] sound, @ForAll @IntRange(min = 1, max = 9) int step) {
    String base64 = Base64.getEncoder().encodeToString(sound);
    ChatAnswer answer = new ChatAnswer();
    ByteString heard = ByteString.EMPTY;
    for (int from = 0; from < base64.length(); from += step) {
      String piece = base64.substring(from, Math.min(base64.length(), from + step));
      CompleteResponse delta =
          answer.read(
              JsonTrees.json(
                  "{'choices':[{'index':2,'delta':{'audio':{'data':'" + piece + "'}}}]}"));
      heard = heard.concat(delta.getChoices(0).getMessage().getAudio().getData());
    }
    assertThat(heard.toByteArray()).isEqualTo(sound);
  }

  @Test
  void unpaddedAudioEndsWithItsChoice() {
    ChatAnswer answer = new ChatAnswer();
    answer.read(JsonTrees.json("{'choices':[{'index':0,'delta':{'audio':{'data':'YW'}}}]}"));
    CompleteResponse last =
        answer.read(JsonTrees.json("{'choices':[{'index':0,'delta':{},'finish_reason':'stop'}]}"));
    assertThat(last.getChoices(0).getMessage().getAudio().getData().toStringUtf8()).isEqualTo("a");
  }

  @Test
  void keepsAudioThatIsNotBase64() {
    CompleteResponse response =
        read("{'choices':[{'index':0,'delta':{'audio':{'id':'i','data':'!!!!'}}}]}");
    assertThat(response.getChoices(0).getMessage().getExtraJson())
        .isEqualTo("{\"audio\":{\"data\":\"!!!!\"}}");
  }

  private static CompleteResponse read(String json) {
    return new ChatAnswer().read(JsonTrees.json(json));
  }
}
