package dev.parley.hub.edge.grpc.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.proto.v1.CompleteTextRequest;
import dev.parley.proto.v1.CompleteTextResponse;
import dev.parley.proto.v1.EmbedRequest;
import dev.parley.proto.v1.EmbedResponse;
import dev.parley.proto.v1.Prompt;
import dev.parley.proto.v1.Sampling;
import dev.parley.proto.v1.TokenIds;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class OtherCodecsTest {

  private static final Prompt TEXT = Prompt.newBuilder().setText("t").build();
  private static final Prompt TOKENS =
      Prompt.newBuilder().setTokens(TokenIds.newBuilder().addIds(1).addIds(2)).build();

  @Test
  void promptsHaveFourForms() {
    assertThat(prompt(TEXT)).isEqualTo("\"t\"");
    assertThat(prompt(TEXT, TEXT)).isEqualTo("[\"t\",\"t\"]");
    assertThat(prompt(TOKENS)).isEqualTo("[1,2]");
    assertThat(prompt(TOKENS, TOKENS)).isEqualTo("[[1,2],[1,2]]");
    assertThatThrownBy(() -> prompt(TEXT, TOKENS)).hasMessageContaining("prompts[1]");
  }

  @Test
  void logprobsOfCompletionsAreANumber() {
    CompleteTextRequest request =
        CompleteTextRequest.newBuilder()
            .setSampling(Sampling.newBuilder().setLogprobs(true).setTopLogprobs(3))
            .setEcho(true)
            .build();
    assertThat(CompletionCodec.document(request, false).raw())
        .isEqualTo("{\"logprobs\":3,\"echo\":true}");
  }

  @Test
  void completionsKeepTheirLogprobsAsJson() {
    CompleteTextResponse response =
        new CompletionAnswer()
            .read(
                JsonTrees.json(
                    "{'id':'x','choices':[{'index':1,'text':'a','logprobs':{'tokens':['a']},"
                        + "'finish_reason':'stop','z':1.0}],'usage':null}"));
    assertThat(response.getChoices(0).getLogprobsJson()).isEqualTo("{\"tokens\":[\"a\"]}");
    assertThat(response.getChoices(0).getExtraJson()).isEqualTo("{\"z\":1.0}");
    assertThat(response.hasUsage()).isFalse();
  }

  @Test
  void embeddingsReadBothEncodings() {
    EmbedResponse response =
        EmbeddingCodec.read(
            JsonTrees.json(
                "{'object':'list','model':'e','data':[{'object':'embedding','index':0,"
                    + "'embedding':[0.5,-1]},{'index':1,'embedding':'AAAAPwAAgL8=','q':1}],"
                    + "'usage':{'prompt_tokens':4,'total_tokens':4}}"));
    assertThat(response.getEmbeddings(0).getValuesList()).containsExactly(0.5f, -1f);
    assertThat(response.getEmbeddings(1).getValuesList()).containsExactly(0.5f, -1f);
    assertThat(response.getUsage().getPromptTokens()).isEqualTo(4);
    assertThat(response.getExtraJson()).isEqualTo("{\"data\":[{\"index\":1,\"q\":1}]}");
  }

  @Test
  void embeddingRequestsNameTheirInput() {
    EmbedRequest request =
        EmbedRequest.newBuilder().setModel("e").addInputs(TEXT).setDimensions(8).build();
    assertThat(EmbeddingCodec.document(request).raw())
        .isEqualTo("{\"model\":\"e\",\"input\":\"t\",\"dimensions\":8}");
  }

  private static String prompt(Prompt... prompts) {
    CompleteTextRequest request =
        CompleteTextRequest.newBuilder().addAllPrompts(List.of(prompts)).build();
    return Objects.requireNonNull(CompletionCodec.document(request, false).get("prompt")).raw();
  }
}
