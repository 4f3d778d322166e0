package dev.parley.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RequestInfo;
import com.google.rpc.ResourceInfo;
import com.linecorp.armeria.client.grpc.GrpcClients;
import dev.parley.proto.v1.ChatServiceGrpc;
import dev.parley.proto.v1.CompleteRequest;
import dev.parley.proto.v1.CompleteResponse;
import dev.parley.proto.v1.Content;
import dev.parley.proto.v1.EmbedRequest;
import dev.parley.proto.v1.EmbedResponse;
import dev.parley.proto.v1.GetModelRequest;
import dev.parley.proto.v1.ListModelsRequest;
import dev.parley.proto.v1.Message;
import dev.parley.proto.v1.Model;
import dev.parley.proto.v1.ModelServiceGrpc;
import dev.parley.proto.v1.Prompt;
import dev.parley.proto.v1.Tool;
import dev.parley.testkit.backend.Behaviour;
import dev.parley.testkit.backend.Gate;
import dev.parley.testkit.backend.RecordedRequest;
import dev.parley.testkit.content.Vectors;
import dev.parley.testkit.openai.FakeOpenAi;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.protobuf.StatusProto;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.stub.AbstractStub;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Generated stubs against the hub. */
final class GrpcTest {

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final FakeOpenAi openai =
      new FakeOpenAi("gpt-4o-mini", "org/family/model-7b", "text-embedding-3-small");

  @RegisterExtension
  static final HubUnderTest hub = HubUnderTest.of(Configs.OPENAI).behind("OPENAI", openai);

  @BeforeEach
  void forget() {
    openai.forgetRequests();
  }

  @Test
  void completes() {
    CompleteResponse answer = chat().complete(say("hello there").build());
    assertThat(text(List.of(answer))).isEqualTo("You said: hello there");
    assertThat(answer.getChoices(0).getFinishReason()).isEqualTo("stop");
    assertThat(answer.getUsage().getTotalTokens()).isEqualTo(6);
    assertThat(answer.getModel()).isEqualTo("gpt-4o-mini");
  }

  @Test
  void streams() {
    List<CompleteResponse> deltas = new ArrayList<>();
    chat()
        .streamComplete(say("hello there").setIncludeUsage(true).build())
        .forEachRemaining(deltas::add);
    assertThat(deltas).hasSizeGreaterThan(3);
    assertThat(text(deltas)).isEqualTo("You said: hello there");
    assertThat(deltas.stream().filter(CompleteResponse::hasUsage)).hasSize(1);
    assertThat(deltas.getLast().getUsage().getTotalTokens()).isEqualTo(6);
  }

  @Test
  void callsTools() {
    CompleteResponse answer =
        chat()
            .complete(
                say("weather in Paris")
                    .addTools(Tool.newBuilder().setType("function").setName("get_weather"))
                    .build());
    assertThat(answer.getChoices(0).getMessage().getToolCalls(0).getArgumentsJson())
        .isEqualTo("{\"city\":\"Paris\"}");
  }

  @Test
  void keepsUnknownMembersInBothDirections() {
    CompleteResponse answer =
        chat().complete(say("hi").setExtraJson("{\"top_k\":40,\"x\":[1.0,null]}").build());
    assertThat(openai.requests(Http.CHAT).getLast().text()).contains("\"x\":[1.0,null]");
    assertThat(answer.getExtraJson()).contains("echo_unknown");
  }

  @Test
  void embeds() {
    EmbedResponse answer =
        chat()
            .embed(
                EmbedRequest.newBuilder()
                    .setModel("text-embedding-3-small")
                    .addInputs(Prompt.newBuilder().setText("one"))
                    .build());
    float[] expected = Vectors.of("one", Vectors.DEFAULT_DIMENSIONS);
    assertThat(answer.getEmbeddings(0).getValuesList()).hasSize(expected.length);
    assertThat(answer.getEmbeddings(0).getValues(1)).isEqualTo(expected[1]);
  }

  @Test
  void listsAndFindsModels() {
    ModelServiceGrpc.ModelServiceBlockingStub models =
        client(ModelServiceGrpc.ModelServiceBlockingStub.class);
    assertThat(models.listModels(ListModelsRequest.getDefaultInstance()).getModelsList())
        .extracting(Model::getId)
        .contains("gpt-4o-mini", "org/family/model-7b");
    assertThat(
            models
                .getModel(GetModelRequest.newBuilder().setModel("org/family/model-7b").build())
                .getId())
        .isEqualTo("org/family/model-7b");
  }

  @Test
  void tellsItsHealth() {
    HealthGrpc.HealthBlockingStub health = client(HealthGrpc.HealthBlockingStub.class);
    for (String service : List.of("", "parley.v1.ChatService")) {
      assertThat(
              health.check(HealthCheckRequest.newBuilder().setService(service).build()).getStatus())
          .as(service)
          .isEqualTo(ServingStatus.SERVING);
    }
  }

  @Test
  void describesItself() throws Exception {
    CompletableFuture<ServerReflectionResponse> told = new CompletableFuture<>();
    StreamObserver<ServerReflectionRequest> ask =
        client(ServerReflectionGrpc.ServerReflectionStub.class)
            .serverReflectionInfo(
                new StreamObserver<>() {
                  @Override
                  public void onNext(ServerReflectionResponse response) {
                    told.complete(response);
                  }

                  @Override
                  public void onError(Throwable failure) {
                    told.completeExceptionally(failure);
                  }

                  @Override
                  public void onCompleted() {}
                });
    ask.onNext(ServerReflectionRequest.newBuilder().setListServices("").build());
    assertThat(
            told.get(10, TimeUnit.SECONDS).getListServicesResponse().getServiceList().stream()
                .map(service -> service.getName()))
        .contains("parley.v1.ChatService", "parley.v1.ModelService", "grpc.health.v1.Health");
    ask.onCompleted();
  }

  @Test
  void tellsWhatIsWrongInDetails() throws Exception {
    StatusRuntimeException failure = failure(say("hi").setModel("gpt-4o-minj"));
    assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND);
    assertThat(failure.getStatus().getDescription()).contains("did you mean 'gpt-4o-mini'?");
    ErrorInfo info = detail(failure, ErrorInfo.class);
    assertThat(info.getReason()).isEqualTo("MODEL_NOT_FOUND");
    assertThat(info.getDomain()).isEqualTo("parley.v1");
    assertThat(detail(failure, RequestInfo.class).getRequestId()).isNotEmpty();
    assertThat(detail(failure, ResourceInfo.class).getResourceName()).isEqualTo("gpt-4o-minj");
  }

  @Test
  void mapsWhatBackendsAnswer() throws Exception {
    assertThat(code("[[status 429]]")).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    assertThat(code("[[status 500]]")).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(code("[[status 503]]")).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(code("[[status 401]]")).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(code("[[context]]")).isEqualTo(Status.Code.INVALID_ARGUMENT);
  }

  @Test
  void aStreamThatFailsMidwayEndsWithAStatus() throws Exception {
    List<CompleteResponse> deltas = new ArrayList<>();
    StatusRuntimeException failure =
        catchThrowableOfType(
            StatusRuntimeException.class,
            () ->
                chat()
                    .streamComplete(say("one two three [[error]]").build())
                    .forEachRemaining(deltas::add));
    assertThat(deltas).isNotEmpty();
    assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(detail(failure, ErrorInfo.class).getMetadataMap()).containsEntry("emitted", "true");
  }

  @Test
  void cancellationReachesTheBackend() throws Exception {
    for (boolean beforeHeaders : new boolean[] {true, false}) {
      openai.forgetRequests();
      Gate gate = new Gate();
      openai.enqueue(
          beforeHeaders
              ? Behaviour.usual().gatedBeforeHeaders(gate)
              : Behaviour.usual().gatedAfter(2, gate));
      Leaver caller = new Leaver();
      client(ChatServiceGrpc.ChatServiceStub.class)
          .streamComplete(say("one two three four").build(), caller);
      assertThat(gate.awaitReached(PATIENCE)).isTrue();
      RecordedRequest request = openai.awaitRequest(Http.CHAT, PATIENCE);
      long leaving = System.nanoTime();
      caller.leave();
      assertThat(request.awaitCancelled(PATIENCE)).isTrue();
      assertThat(Duration.ofNanos(request.cancelledNanos().orElseThrow() - leaving))
          .isLessThan(Duration.ofSeconds(1));
      gate.release();
    }
  }

  @Test
  void aDeadlineEndsTheCallAtTheBackend() throws Exception {
    openai.enqueue(Behaviour.hang());
    StatusRuntimeException failure =
        catchThrowableOfType(
            StatusRuntimeException.class,
            () -> chat().withDeadlineAfter(300, TimeUnit.MILLISECONDS).complete(say("hi").build()));
    assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
    assertThat(openai.awaitRequest(Http.CHAT, PATIENCE).awaitCancelled(PATIENCE)).isTrue();
  }

  /** Somebody who leaves, and does not listen either. */
  private static final class Leaver
      implements ClientResponseObserver<CompleteRequest, CompleteResponse> {

    private final CompletableFuture<ClientCallStreamObserver<CompleteRequest>> call =
        new CompletableFuture<>();

    @Override
    public void beforeStart(ClientCallStreamObserver<CompleteRequest> started) {
      call.complete(started);
    }

    void leave() {
      call.join().cancel("left", null);
    }

    @Override
    public void onNext(CompleteResponse delta) {}

    @Override
    public void onError(Throwable failure) {}

    @Override
    public void onCompleted() {}
  }

  private static Status.Code code(String text) {
    return failure(say(text)).getStatus().getCode();
  }

  private static StatusRuntimeException failure(CompleteRequest.Builder request) {
    return catchThrowableOfType(
        StatusRuntimeException.class, () -> chat().complete(request.build()));
  }

  private static <T extends com.google.protobuf.Message> T detail(
      StatusRuntimeException failure, Class<T> type) throws InvalidProtocolBufferException {
    for (Any any : StatusProto.fromThrowable(failure).getDetailsList()) {
      if (any.is(type)) {
        return any.unpack(type);
      }
    }
    throw new AssertionError("no " + type.getSimpleName() + " in " + failure);
  }

  private static String text(List<CompleteResponse> answers) {
    return answers.stream()
        .flatMap(answer -> answer.getChoicesList().stream())
        .flatMap(choice -> choice.getMessage().getContentList().stream())
        .map(Content::getText)
        .collect(Collectors.joining());
  }

  private static CompleteRequest.Builder say(String text) {
    return CompleteRequest.newBuilder()
        .setModel("gpt-4o-mini")
        .addMessages(
            Message.newBuilder().setRole("user").addContent(Content.newBuilder().setText(text)));
  }

  private static ChatServiceGrpc.ChatServiceBlockingStub chat() {
    return client(ChatServiceGrpc.ChatServiceBlockingStub.class);
  }

  private static <T extends AbstractStub<T>> T client(Class<T> stub) {
    return GrpcClients.newClient("gproto+h2c://127.0.0.1:" + hub.port() + "/", stub);
  }
}
