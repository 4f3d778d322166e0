package dev.parley.adapters.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.linecorp.armeria.common.HttpData;
import dev.parley.adapters.http.BackendClient;
import dev.parley.core.error.HubException;
import dev.parley.core.json.Json;
import dev.parley.core.model.Chunk;
import dev.parley.core.model.Modality;
import dev.parley.core.spi.ModelInfo;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelListTest {

  private static List<ModelInfo> read(int status, String body) {
    return ModelList.read("b", new BackendClient.Answer(status, HttpData.ofUtf8(body)));
  }

  @Test
  void readsWhatEachServerAdds() {
    List<ModelInfo> models =
        read(
            200,
            """
            {"data":[{"id":"a","max_model_len":8,"owned_by":"vllm","created":5},
              {"id":"b","context_length":9,"architecture":{"input_modalities":["text","image","x"]}},
              {"id":"c","meta":{"n_ctx_train":10}},{"id":""},{"name":"no id"},7]}
            """);
    assertThat(models).extracting(ModelInfo::id).containsExactly("a", "b", "c");
    assertThat(models)
        .extracting(model -> model.contextLength().orElse(0))
        .containsExactly(8, 9, 10);
    assertThat(models.get(0).createdSeconds()).isEqualTo(5);
    assertThat(models.get(1).inputs()).containsExactlyInAnyOrder(Modality.TEXT, Modality.IMAGE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {"401|{}", "200|{}", "200|[]", "200|<html>", "200|{\"data\":{}}"})
  void anythingElseIsATypedFailure(int status, String body) {
    assertThatThrownBy(() -> read(status, body)).isInstanceOf(HubException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}]}|EMPTY",
        "{\"choices\":[{\"delta\":{\"content\":null,\"tool_calls\":[]}}]}|EMPTY",
        "{\"choices\":[{\"delta\":{\"content\":\"a\"}}]}|CONTENT",
        "{\"choices\":[{\"delta\":{\"reasoning\":\"a\"}}]}|CONTENT",
        "{\"choices\":[{\"delta\":{\"audio\":{\"data\":\"AAAA\"}}}]}|CONTENT",
        "{\"choices\":[{\"text\":\"a\"}]}|CONTENT",
        "{\"choices\":[{\"delta\":{\"content\":\"a\"},\"finish_reason\":\"stop\"}]}|FINISH",
        "{\"choices\":[],\"usage\":{\"total_tokens\":3}}|USAGE",
        "{\"choices\":[],\"usage\":null}|EMPTY",
      })
  void chunksAreToldApart(String chunk, Chunk.Kind kind) {
    byte[] json = chunk.getBytes(StandardCharsets.UTF_8);
    assertThat(ChunkKinds.classify(Json.parse(json).object()).kind()).isEqualTo(kind);
  }
}
